import { Mutex } from 'async-mutex';

export class Stock {
  private readonly inbound = new Mutex();
  private readonly outbound = new Mutex();
  private level = 0;

  constructor(private readonly store: { put(n: number): Promise<void> }) {}

  async add(n: number): Promise<void> {
    await this.inbound.runExclusive(async () => {
      const level = this.level;
      await this.store.put(n);
      this.level = level + n; // want inconsistent-lock: this.level (medium)
    });
  }

  async take(n: number): Promise<void> {
    await this.outbound.runExclusive(async () => {
      const level = this.level;
      await this.store.put(n);
      this.level = level - n; // want inconsistent-lock: this.level (medium)
    });
  }
}
