class Sync {
  constructor(api) {
    this.api = api;
    this.busy = false;
  }

  async run() {
    if (this.busy) return;
    this.busy = true; // want leaked-claim: this.busy
    await this.api.pull();
    this.busy = false;
  }
}

module.exports = { Sync };
