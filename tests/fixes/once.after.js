// fix promise-chain-lock: this.connection
// prints 1
class Pool {
  #tail = Promise.resolve();

  #exclusive(work) {
    const run = this.#tail.then(work);
    this.#tail = run.catch(() => {});
    return run;
  }

  constructor() {
    this.connection = null;
    this.opened = 0;
  }

  async get() {
    await this.#exclusive(async () => {
      if (this.connection === null) {
        await Promise.resolve();
        this.opened++;
        this.connection = {};
      }
    });
    return this.connection;
  }
}

async function main() {
  const pool = new Pool();
  await Promise.all([pool.get(), pool.get(), pool.get()]);
  console.log(pool.opened);
}

void main();
