class Denied {
  private readonly names = new Set<string>(['eve']);

  async reload(fetch: () => Promise<string[]>): Promise<void> {
    this.names.clear();
    const names = await fetch();
    for (const name of names) this.names.add(name); // want torn-update: this.names (high)
  }

  async has(name: string): Promise<boolean> {
    await Promise.resolve();
    return this.names.has(name);
  }
}

async function main(): Promise<void> {
  const denied = new Denied();
  await Promise.all([denied.reload(async () => ['eve']), denied.has('eve')]);
}

void main();
