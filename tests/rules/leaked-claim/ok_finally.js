class Sync {
  constructor(api) {
    this.api = api;
    this.busy = false;
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.api.pull();
    } finally {
      this.busy = false;
    }
  }
}

module.exports = { Sync };
