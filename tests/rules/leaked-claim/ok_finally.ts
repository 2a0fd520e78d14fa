export class Pool {
  private active = 0;

  constructor(private readonly limit: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.active >= this.limit) throw new Error('full');
    this.active += 1;
    try {
      return await work();
    } finally {
      this.active -= 1;
    }
  }
}
