interface Node {
  client?: { queue(): string[] };
}

export class Cluster {
  private readonly nodes = new Map<string, Node>();
  private current: Node | null = null;

  constructor(private readonly send: (operations: string[]) => Promise<void>) {}

  use(node: Node | null): void {
    this.current = node;
  }

  leave(): void {
    this.current = null;
  }

  async move(address: string): Promise<string[]> {
    if (!this.current) return [];
    await this.send([address]);
    return this.current.client!.queue(); // want check-then-act: this.current
  }
}
