import { Mutex } from 'async-mutex';

export class Sync {
  private readonly mutex = new Mutex();
  private cursor = 0;

  constructor(private readonly api: { pull(from: number): Promise<number> }) {}

  private async advance(): Promise<void> {
    const from = this.cursor;
    const count = await this.api.pull(from);
    this.cursor = from + count;
  }

  async run(): Promise<void> {
    const work = this.advance();
    const release = await this.mutex.acquire(); // want ineffective-lock
    try {
      await work;
    } finally {
      release();
    }
  }
}
