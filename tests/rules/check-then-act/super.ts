// The base class's method writes what is tested here, the class's own does not.
class Base {
  protected items: string[] | undefined;

  async load(): Promise<void> {
    const answer = await fetch("https://example.org/items");
    this.items = await answer.json();
  }
}

export class Store extends Base {
  async load(): Promise<void> {
    if (!this.items) {
      await super.load(); // want check-then-act: this.items (medium)
    }
  }
}
