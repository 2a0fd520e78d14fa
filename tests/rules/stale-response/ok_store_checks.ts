export class Store {
  selected = 0;
  detail: string | null = null;

  constructor(private readonly load: (id: number) => Promise<string>) {}

  async select(id: number): Promise<void> {
    this.selected = id;
    const detail = await this.load(id);
    if (this.selected !== id) return;
    this.detail = detail;
  }
}
