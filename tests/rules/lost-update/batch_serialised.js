export class Recorder {
  #events = [];

  constructor(client) {
    this.client = client;
  }

  record(event) {
    this.#events.push(event);
  }

  async flush() {
    const body = JSON.stringify(this.#events);
    await this.client.post("/events", body);
    this.#events = []; // want lost-update: this.#events
  }
}
