// fix promise-chain-lock: this.balance
import { Mutex } from 'async-mutex';

export class Till {
  private readonly mutex = new Mutex();
  private balance = 0;

  deposit(cents: number): Promise<number> {
    return this.mutex.runExclusive(async () => {
      const before = this.balance;
      await Promise.resolve();
      this.balance = before + cents;
      return this.balance;
    });
  }

  async fee(cents: number): Promise<void> {
    await Promise.resolve();
    this.balance -= cents;
  }
}
