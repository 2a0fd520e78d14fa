export class Pool {
  private active = 0;

  constructor(private readonly limit: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.active >= this.limit) throw new Error('full');
    this.active += 1; // want leaked-claim: this.active
    const result = await work();
    this.active -= 1;
    return result;
  }
}
