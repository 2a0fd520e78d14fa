import { Mutex } from 'async-mutex';

export class Report {
  #mutex = new Mutex();
  parts = [];

  constructor(api) {
    this.api = api;
  }

  async #part(n) {
    const data = await this.api.get(n);
    await this.#mutex.runExclusive(async () => {
      this.parts.push(data);
    });
  }

  async build(ids) {
    await this.#mutex.runExclusive(async () => {
      await Promise.all(ids.map((id) => this.#part(id))); // want deadlock
    });
  }
}
