type Message = { last: boolean };

// The reset comes in any case: no test decides about it.
export class Reader {
  private events: AsyncIterable<Message> | null = null;
  private budget: number | null = null;

  constructor(
    private readonly open: () => AsyncIterable<Message>,
    private readonly pause: (ms: number) => Promise<void>,
  ) {}

  async *readAll() {
    try {
      this.events = this.open();
      for await (const message of this.events) {
        yield message;
        if (message.last) return;
      }
    } finally {
      this.events = null;
    }
  }

  async attempt(work: () => Promise<boolean>, budget: number) {
    this.budget = budget;
    try {
      const limit = this.budget > 10 ? this.budget : 10;
      for (let round = 0; round < limit; round++) {
        await this.pause(round);
        if (await work()) return true;
      }
      return false;
    } finally {
      this.budget = null;
    }
  }
}
