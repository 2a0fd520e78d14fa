const { Mutex } = require('async-mutex');

class Store {
  constructor() {
    this.mutex = new Mutex();
    this.path = '';
  }

  async rename(path) {
    await this.mutex.runExclusive(async () => {
      this.path = path;
    });
  }

  async save(path) {
    const release = await this.mutex.acquire();
    try {
      await this.rename(path); // want deadlock: this.mutex (high)
    } finally {
      release();
    }
  }
}

module.exports = { Store };
