// fix promise-chain-lock: this.#entries
// prints 3
class Ledger {
  #entries = [];
  #tail = Promise.resolve();

  #exclusive(work) {
    const run = this.#tail.then(() => work());
    this.#tail = run.then(() => undefined, () => undefined);
    return run;
  }

  get size() {
    return this.#entries.length;
  }

  post(entry) {
    return this.#exclusive(async () => {
      const copy = [...this.#entries, entry];
      await Promise.resolve();
      this.#entries = copy;
    });
  }

  async join(entries) {
    await Promise.resolve();
    this.#entries = this.#entries.concat(entries);
  }
}

const ledger = new Ledger();
await Promise.all([ledger.post(1), ledger.join([2, 3])]);
console.log(ledger.size);
