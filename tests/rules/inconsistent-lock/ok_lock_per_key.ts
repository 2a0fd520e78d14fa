import { Mutex } from 'async-mutex';

export class Wallets {
  private readonly locks = new Map<string, Mutex>();
  private readonly coins = new Map<string, number>();

  constructor(private readonly api: { log(id: string): Promise<void> }) {}

  private lockFor(id: string): Mutex {
    const known = this.locks.get(id);
    if (known) return known;
    const made = new Mutex();
    this.locks.set(id, made);
    return made;
  }

  async earn(id: string, n: number): Promise<void> {
    await this.lockFor(id).runExclusive(async () => {
      const before = this.coins.get(id) ?? 0;
      await this.api.log(id);
      this.coins.set(id, before + n);
    });
  }

  async transfer(from: string, to: string, n: number): Promise<void> {
    const [first, second] = [from, to].sort();
    await this.lockFor(first).runExclusive(() =>
      this.lockFor(second).runExclusive(async () => {
        const before = this.coins.get(from) ?? 0;
        await this.api.log(from);
        this.coins.set(from, before - n);
      }),
    );
  }
}
