type Listener = (event: string) => Promise<void>;

export class Bus {
  private readonly listeners = new Set<Listener>();
  private readonly names = new Map<string, Listener>();

  on(name: string, listener: Listener): void {
    this.listeners.add(listener);
    this.names.set(name, listener);
  }

  off(name: string): void {
    this.names.delete(name);
    this.listeners.clear();
  }

  async emit(event: string): Promise<void> {
    for (const listener of [...this.listeners]) {
      await listener(event);
    }
    for (const [name, listener] of Array.from(this.names)) {
      await listener(name);
    }
  }
}
