class Menu {
  constructor(load) {
    this.load = load;
    this.entries = [];
  }

  async reload() {
    this.entries = [];
    for (const entry of await this.load()) {
      this.entries.push(entry); // want torn-update: this.entries
    }
  }

  first() {
    return this.entries[0];
  }
}

module.exports = { Menu };
