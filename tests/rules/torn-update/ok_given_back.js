export class Outbox {
  constructor(send) {
    this.send = send;
    this.waiting = [];
  }

  add(message) {
    this.waiting.push(message);
  }

  async flush() {
    const batch = this.waiting;
    this.waiting = [];
    try {
      await this.send(batch);
    } catch {
      this.waiting.push(...batch);
    }
  }

  async size() {
    return this.waiting.length;
  }
}
