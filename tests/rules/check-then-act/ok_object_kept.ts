interface Node {
  client?: { queue(): string[] };
}

interface Batch {
  operations: string[];
  buffer: Uint8Array[];
}

// The node is kept in a local: that it is taken off the list does not change it.
export class Cluster {
  private readonly nodes = new Map<string, Node>();
  private readonly batches: Batch[] = [];

  constructor(private readonly send: (operations: string[]) => Promise<void>) {}

  add(address: string, node: Node): void {
    this.nodes.set(address, node);
  }

  remove(address: string): void {
    this.nodes.delete(address);
  }

  enqueue(batch: Batch): void {
    this.batches.push(batch);
  }

  async move(address: string): Promise<string[]> {
    const node = this.nodes.get(address);
    if (!node || node.client === undefined) return [];
    await this.send([address]);
    return node.client.queue();
  }

  async sendNext(): Promise<void> {
    const batch = this.batches.shift();
    if (!batch) return;
    const reusable = batch.buffer.length > 0;
    await this.send(batch.operations);
    if (reusable) batch.buffer = [];
  }
}
