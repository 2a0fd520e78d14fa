interface Sink {
  write(line: string): Promise<void>;
}

async function audit(line: string, sink: Sink): Promise<void> {
  await sink.write(line);
}

export async function remove(id: string, users: Map<string, string>, sink: Sink) {
  if (users.delete(id)) {
    audit(`removed ${id}`, sink); // want floating-promise: audit (high)
  }
  users.size === 0 && audit('empty', sink); // want floating-promise: audit
  return users.has(id) ? audit('again', sink) : undefined;
}

export function clear(users: Map<string, string>, sink: Sink): void {
  users.clear();
  audit('cleared', sink); // want floating-promise: audit (medium)
}
