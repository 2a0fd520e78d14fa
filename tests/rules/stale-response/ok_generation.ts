export class Details {
  id = 0;
  text = '';
  private generation = 0;

  constructor(private readonly load: (id: number) => Promise<string>) {}

  async select(id: number): Promise<void> {
    const mine = ++this.generation;
    this.id = id;
    const text = await this.load(id);
    if (mine !== this.generation) return;
    this.text = text;
  }
}
