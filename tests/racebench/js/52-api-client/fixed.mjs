// A client of a rate-limited service.
export class Client {
  constructor(transport) {
    this.transport = transport;
    this.params = null;
  }

  async query(params) {
    await this.transport.throttle();
    return this.send(params);
  }

  async send(params) {
    return this.transport.send(params);
  }
}
