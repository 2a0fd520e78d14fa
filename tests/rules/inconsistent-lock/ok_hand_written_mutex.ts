class Mutex {
  private tail: Promise<void> = Promise.resolve();

  async lock(): Promise<() => void> {
    const previous = this.tail;
    let release!: () => void;
    this.tail = new Promise<void>((resolve) => (release = resolve));
    await previous;
    return release;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.lock();
    try {
      return await work();
    } finally {
      release();
    }
  }
}

export class Stock {
  private readonly mutex = new Mutex();
  private level = 0;

  constructor(private readonly store: { put(n: number): Promise<void> }) {}

  async add(n: number): Promise<void> {
    const release = await this.mutex.lock();
    try {
      const level = this.level;
      await this.store.put(n);
      this.level = level + n;
    } finally {
      release();
    }
  }

  take(n: number): Promise<void> {
    return this.mutex.run(async () => {
      const level = this.level;
      await this.store.put(n);
      this.level = level - n;
    });
  }
}
