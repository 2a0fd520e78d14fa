// A mutex, as async-mutex has it.
exports.Mutex = class Mutex {
  #tail = Promise.resolve();

  async acquire() {
    const before = this.#tail;
    let release;
    this.#tail = new Promise((resolve) => { release = resolve; });
    await before;
    return release;
  }

  async runExclusive(work) {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
};
