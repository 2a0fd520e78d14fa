// fix promise-chain-lock: this.visits
// leaves nothing
// prints 60
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

class Counter {
  private visits: number = 0;

  async enter(): Promise<void> {
    const before = this.visits;
    await pause();
    this.visits = before + 1;
  }

  async enterTwice(): Promise<void> {
    const before = this.visits;
    await pause();
    this.visits = before + 2;
  }

  async leave(): Promise<void> {
    const before = this.visits;
    await pause();
    this.visits = before - 1;
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
