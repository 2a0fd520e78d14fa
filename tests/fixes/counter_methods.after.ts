// fix promise-chain-lock: this.visits
// leaves nothing
// prints 60
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

class Counter {
  private visits: number = 0;
  #tail: Promise<unknown> = Promise.resolve();

  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#tail.then(work);
    this.#tail = run.catch(() => {});
    return run;
  }

  async enter(): Promise<void> {
    await this.#exclusive(async () => {
      const before = this.visits;
      await pause();
      this.visits = before + 1;
    });
  }

  async enterTwice(): Promise<void> {
    await this.#exclusive(async () => {
      const before = this.visits;
      await pause();
      this.visits = before + 2;
    });
  }

  async leave(): Promise<void> {
    await this.#exclusive(async () => {
      const before = this.visits;
      await pause();
      this.visits = before - 1;
    });
  }

  get total(): number {
    return this.visits;
  }
}

async function main(): Promise<void> {
  const counter = new Counter();
  const work: Promise<void>[] = [];
  for (let i = 0; i < 30; i++) {
    work.push(counter.enter(), counter.enterTwice(), counter.leave());
  }
  await Promise.all(work);
  console.log(counter.total);
}

main();
