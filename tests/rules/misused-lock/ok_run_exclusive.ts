import { Mutex } from 'async-mutex';

export class Log {
  private readonly mutex = new Mutex();

  constructor(private readonly write: (line: string) => Promise<void>) {}

  append(line: string): Promise<void> {
    return this.mutex.runExclusive(() => this.write(line));
  }

  async idle(): Promise<void> {
    if (this.mutex.isLocked()) await this.mutex.waitForUnlock();
  }
}
