import { ImportTask, Node } from './models';

// Records and nodes that a caller passes, and what their methods give, are the caller's own.
export async function bootstrap(task: ImportTask, open: (key: string) => Promise<string>): Promise<void> {
  const key = task.import.scratch?.key;
  const manifest = await open(key);
  const record = task.import;
  record.scratch = { key, manifest };
}

export function rewrite(nodes: Node[], idOf: (id: string) => Promise<string>): Promise<Node[]> {
  const change = async (node: Node): Promise<Node> => {
    const json = node.toJSON();
    const id = json.attrs.modelId;
    json.attrs.modelId = await idOf(id);
    return Node.fromJSON(json);
  };
  const pending: Promise<Node>[] = [];
  nodes.forEach((node) => pending.push(change(node)));
  return Promise.all(pending);
}
