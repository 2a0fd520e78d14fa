// fix share-in-flight: this.pages[url]
// prints 2
class Cache {
  private readonly pages = new Map<string, string>();
  loads = 0;

  constructor(private readonly fails = false) {}

  async get(url: string): Promise<string> {
    if (!this.pages.has(url)) {
      const page = await this.load(url);
      this.pages.set(url, page);
    }
    return this.pages.get(url)!;
  }

  private async load(url: string): Promise<string> {
    this.loads += 1;
    if (this.fails) throw new Error('down');
    return `<${url}>`;
  }
}

async function main(): Promise<void> {
  const cache = new Cache();
  await Promise.all([cache.get('a'), cache.get('b'), cache.get('a')]);
  console.log(cache.loads);
}

void main();
