import { Mutex } from 'async-mutex';

export class Log {
  private readonly mutex = new Mutex();

  constructor(private readonly write: (line: string) => Promise<void>) {}

  async append(line: string): Promise<void> {
    this.mutex.acquire(); // want misused-lock
    try {
      await this.write(line);
    } finally {
      this.mutex.release();
    }
  }
}
