export class Ledger {
  #tail = Promise.resolve();

  constructor(store) {
    this.store = store;
  }

  #exclusive(work) {
    const result = this.#tail.then(() => work());
    this.#tail = result.catch(() => {});
    return result;
  }

  post(row) {
    return this.#exclusive(async () => {
      await this.store.put(row);
      await this.trim(3); // want deadlock
    });
  }

  trim(limit) {
    return this.#exclusive(async () => {
      await this.store.trim(limit);
    });
  }
}
