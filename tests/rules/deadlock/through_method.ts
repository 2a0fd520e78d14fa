import { Mutex } from 'async-mutex';

export class Doc {
  private readonly mutex = new Mutex();
  private name = '';

  constructor(private readonly api: { put(s: string): Promise<void> }) {}

  async save(): Promise<void> {
    await this.mutex.runExclusive(async () => {
      await this.api.put('x');
      await this.rename('y'); // want deadlock: this.mutex
    });
  }

  async rename(to: string): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await this.api.put(to);
      this.name = to;
    } finally {
      release();
    }
  }
}
