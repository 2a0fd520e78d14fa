const fs = require('fs/promises');

class Store {
  constructor(path) {
    this.path = path;
    this.data = {};
  }

  async save() {
    const text = JSON.stringify(this.data);
    await fs.writeFile(this.path, text);
  }

  async load() {
    this.data = JSON.parse(await fs.readFile(this.path, 'utf8'));
  }

  async update(key, value) {
    await this.load();
    this.data[key] = value;
    this.save(); // want floating-promise: this.save (high)
  }

  async reset() {
    try {
      await this.load();
    } finally {
      fs.unlink(this.path); // want floating-promise: fs.unlink (high)
    }
  }

  watch(timer) {
    timer.every(1000, () => {
      this.load(); // want floating-promise: this.load (medium)
    });
  }
}

module.exports = { Store };
