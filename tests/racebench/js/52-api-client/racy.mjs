// A client of a rate-limited service.
export class Client {
  constructor(transport) {
    this.transport = transport;
    this.params = null;
  }

  async query(params) {
    this.params = params;
    await this.transport.throttle();
    return this.send();
  }

  async send() {
    return this.transport.send(this.params);
  }
}
