class Client {
  constructor(transport) {
    this.transport = transport;
    this.params = null;
  }

  async query(params) {
    await this.transport.connect();
    this.params = params;
    return this.transport.send(this.params);
  }
}

module.exports = { Client };
