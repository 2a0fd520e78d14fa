type Listener = (event: string) => Promise<void>;

export class Bus {
  private readonly listeners = new Set<Listener>();

  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async emit(event: string): Promise<void> {
    for (const listener of this.listeners) { // want iterate-across-await: this.listeners
      await listener(event);
    }
  }
}
