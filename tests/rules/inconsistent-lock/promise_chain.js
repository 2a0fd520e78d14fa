export class Ledger {
  #tail = Promise.resolve();
  rows = [];

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
      const rows = this.rows;
      await this.store.put(row);
      this.rows = [...rows, row];
    });
  }

  async expire(limit) {
    const kept = this.rows.filter((row) => row.at > limit);
    await this.store.trim(limit);
    this.rows = kept; // want inconsistent-lock: this.rows (medium)
  }
}
