// What the base class does is not what the class's own method does, which writes what is tested here.
class Base {
  protected ready = 0;

  async open(): Promise<void> {
    await fetch("https://example.org/open");
  }
}

export class Store extends Base {
  private opened = false;

  async open(): Promise<void> {
    this.ready = await this.number();
    this.opened = true;
  }

  private async number(): Promise<number> {
    const answer = await fetch("https://example.org/number");
    return answer.json();
  }

  async ensure(): Promise<void> {
    if (!this.opened) {
      await super.open();
    }
  }
}
