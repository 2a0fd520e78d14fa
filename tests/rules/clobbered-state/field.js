class Client {
  constructor(transport) {
    this.transport = transport;
    this.params = null;
  }

  async query(params) {
    this.params = params;
    await this.transport.connect();
    return this.transport.send(this.params); // want clobbered-state: this.params
  }
}

module.exports = { Client };
