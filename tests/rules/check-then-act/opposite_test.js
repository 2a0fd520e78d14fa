// Who opens does not look whether it is open.
export class Pool {
  isOpen = false;

  constructor(drain) {
    this.drain = drain;
  }

  open() {
    this.isOpen = true;
  }

  async close() {
    if (!this.isOpen) return;
    await this.drain();
    this.isOpen = false; // want check-then-act: this.isOpen
  }
}
