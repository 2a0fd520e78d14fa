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
      this.path = '';
    } finally {
      release();
    }
    await this.rename(path);
  }
}

module.exports = { Store };
