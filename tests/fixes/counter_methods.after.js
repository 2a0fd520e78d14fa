// fix promise-chain-lock: this.visits
// leaves nothing
// prints 60
const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Three methods, one counter. */
class Counter {
  #tail = Promise.resolve();

  #exclusive(work) {
    const run = this.#tail.then(work);
    this.#tail = run.catch(() => {});
    return run;
  }

  constructor() {
    this.visits = 0;
  }

  async enter() {
    await this.#exclusive(async () => {
      const before = this.visits;
      await pause();
      this.visits = before + 1;
    });
  }

  async enterTwice() {
    await this.#exclusive(async () => {
      this.visits += await this.two();
    });
  }

  async leave() {
    return this.#exclusive(async () => {
      const before = this.visits;
      if (before === null) return;
      await pause();
      this.visits = before - 1;
    });
  }

  async two() {
    await pause();
    return 2;
  }
}

async function main() {
  const counter = new Counter();
  const calls = Array.from({ length: 30 }, () => [counter.enter(), counter.enterTwice(), counter.leave()]);
  await Promise.all(calls.flat());
  console.log(counter.visits);
}

main();
