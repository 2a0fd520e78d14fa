// fix promise-chain-lock: this.connection
// prints 1
class Pool {
  constructor() {
    this.connection = null;
    this.opened = 0;
  }

  async get() {
    if (this.connection === null) {
      await Promise.resolve();
      this.opened++;
      this.connection = {};
    }
    return this.connection;
  }
}

async function main() {
  const pool = new Pool();
  await Promise.all([pool.get(), pool.get(), pool.get()]);
  console.log(pool.opened);
}

void main();
