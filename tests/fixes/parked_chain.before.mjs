// fix promise-chain-lock
// prints Oslo! Rome!
class Client {
  #city = '';

  async query(city) {
    this.#city = city;
    await null;
    return this.send();
  }

  send() {
    return `${this.#city}!`;
  }
}

const client = new Client();
console.log((await Promise.all([client.query('Oslo'), client.query('Rome')])).join(' '));
