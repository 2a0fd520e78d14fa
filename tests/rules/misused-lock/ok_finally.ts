import { Mutex, Semaphore } from 'async-mutex';

export class Account {
  private readonly mutex = new Mutex();
  private readonly slots = new Semaphore(3);

  constructor(private readonly write: (total: number) => Promise<void>) {}

  async deposit(total: number): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      await this.write(total);
    } finally {
      release();
    }
  }

  async inSlot<T>(work: () => Promise<T>): Promise<T> {
    const [, release] = await this.slots.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
}
