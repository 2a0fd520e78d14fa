class Batch {
  constructor() {
    this.flushing = false;
    this.items = [];
  }

  async flush(send) {
    if (this.flushing) return;
    this.flushing = true;
    const items = this.items.splice(0);
    this.flushing = false;
    await send(items);
  }
}

module.exports = { Batch };
