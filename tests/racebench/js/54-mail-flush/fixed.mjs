// Sends queued mail, one flush at a time.
export class Outbox {
  constructor(server) {
    this.server = server;
    this.flushing = false;
    this.sent = 0;
  }

  async flush() {
    if (this.flushing) return;
    this.flushing = true;
    try {
      await this.server.send();
      this.sent += 1;
    } finally {
      this.flushing = false;
    }
  }
}
