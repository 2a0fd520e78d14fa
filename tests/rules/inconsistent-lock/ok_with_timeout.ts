import { Mutex, withTimeout } from 'async-mutex';

export class Wallet {
  private readonly mutex = withTimeout(new Mutex(), 1000);
  private coins = 0;

  constructor(private readonly api: { log(n: number): Promise<void> }) {}

  async earn(n: number): Promise<void> {
    await this.mutex.runExclusive(async () => {
      const coins = this.coins;
      await this.api.log(n);
      this.coins = coins + n;
    });
  }

  async burn(n: number): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      if (this.coins >= n) {
        await this.api.log(-n);
        this.coins -= n;
      }
    } finally {
      release();
    }
  }
}
