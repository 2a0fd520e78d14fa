export class Search {
  private query = '';

  constructor(
    private readonly find: (query: string) => Promise<string[]>,
    private readonly show: (names: string[]) => void,
  ) {}

  async run(query: string): Promise<void> {
    this.query = query;
    const names = await this.find(query);
    if (this.query === query) this.show(names);
  }
}
