export class Settings {
  values = new Map<string, string>();

  constructor(private readonly fetchPage: (page: number) => Promise<[string, string][]>) {}

  async refresh(): Promise<void> {
    this.values.clear();
    for (let page = 0; page < 3; page++) {
      const found = await this.fetchPage(page);
      found.forEach(([name, value]) => this.values.set(name, value)); // want torn-update: this.values
    }
  }

  get(name: string): string | undefined {
    return this.values.get(name);
  }
}
