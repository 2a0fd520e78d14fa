import { Mutex } from 'async-mutex';

interface Ledger {
  read(): Promise<number>;
  write(total: number): Promise<void>;
}

export class Account {
  private readonly mutex = new Mutex();

  constructor(private readonly ledger: Ledger) {}

  async deposit(amount: number): Promise<void> {
    const release = await this.mutex.acquire(); // want misused-lock
    await this.ledger.write((await this.ledger.read()) + amount);
    release();
  }
}
