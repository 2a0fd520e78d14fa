// fix promise-chain-lock
// prints Oslo! Rome!
class Client {
  #city = '';
  #tail = Promise.resolve();

  #exclusive(work) {
    const run = this.#tail.then(work);
    this.#tail = run.catch(() => {});
    return run;
  }

  async query(city) {
    return this.#exclusive(async () => {
      this.#city = city;
      await null;
      return this.send();
    });
  }

  send() {
    return `${this.#city}!`;
  }
}

const client = new Client();
console.log((await Promise.all([client.query('Oslo'), client.query('Rome')])).join(' '));
