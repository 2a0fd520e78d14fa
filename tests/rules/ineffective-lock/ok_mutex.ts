import { Mutex } from 'async-mutex';

export class Counter {
  private count = 0;
  private readonly mutex = new Mutex();

  async add(save: () => Promise<void>): Promise<void> {
    await this.mutex.runExclusive(async () => {
      const before = this.count;
      await save();
      this.count = before + 1;
    });
  }
}
