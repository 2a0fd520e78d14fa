export class Ledger {
  private tail: Promise<void> = Promise.resolve();
  private total = 0;

  constructor(private readonly store: { put(n: number): Promise<void> }) {}

  async add(n: number): Promise<void> {
    const previous = this.tail;
    let release!: () => void;
    this.tail = new Promise<void>((resolve) => (release = resolve));
    await previous;
    try {
      const total = this.total;
      await this.store.put(n);
      this.total = total + n;
    } finally {
      release();
    }
  }

  async sub(n: number): Promise<void> {
    const previous = this.tail;
    let release!: () => void;
    this.tail = new Promise<void>((resolve) => {
      release = resolve;
    });
    await previous;
    try {
      const total = this.total;
      await this.store.put(n);
      this.total = total - n;
    } finally {
      release();
    }
  }
}
