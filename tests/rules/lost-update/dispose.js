// What the end of the block calls writes after it has waited.
class Session {
  constructor(store) {
    this.store = store;
  }

  async [Symbol.asyncDispose]() {
    await this.store.flush();
  }
}

export class Store {
  constructor(link) {
    this.link = link;
    this.count = 0;
  }

  async flush() {
    await this.link.flush();
  }

  async add() {
    const before = this.count;
    {
      await using session = new Session(this);
      session.begun = true;
    }
    this.count = before + 1; // want lost-update: this.count (medium)
  }
}
