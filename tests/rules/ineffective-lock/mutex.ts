import { Mutex } from 'async-mutex';

export class Counter {
  private count = 0;

  async add(save: () => Promise<void>): Promise<void> {
    const mutex = new Mutex();
    await mutex.runExclusive(async () => { // want ineffective-lock
      const before = this.count;
      await save();
      this.count = before + 1;
    });
  }
}
