// fix promise-chain-lock
const fs = require('node:fs/promises')

class Counters {
  constructor(folder) {
    this.folder = folder
  }

  // One more.
  async add(name) {
    const path = `${this.folder}/${name}`
    const text = await fs.readFile(path, 'utf8')
    await fs.writeFile(path, String(Number(text) + 1))
  }
}

module.exports = { Counters }
