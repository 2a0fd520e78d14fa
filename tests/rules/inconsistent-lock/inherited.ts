import { Mutex } from 'async-mutex';

abstract class Base {
  protected readonly mutex = new Mutex();
}

export class Till extends Base {
  private cents = 0;

  constructor(private readonly api: { log(n: number): Promise<void> }) {
    super();
  }

  async deposit(n: number): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      const before = this.cents;
      await this.api.log(n);
      this.cents = before + n;
    } finally {
      release();
    }
  }

  async refund(n: number): Promise<void> {
    if (this.cents < n) throw new Error('empty');
    await this.api.log(-n);
    this.cents -= n; // want inconsistent-lock: this.cents (medium)
  }
}
