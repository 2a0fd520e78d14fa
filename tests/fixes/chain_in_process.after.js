// fix promise-chain-lock
const fs = require('node:fs/promises')

class Counters {
  #tail = Promise.resolve()

  #exclusive(work) {
    const run = this.#tail.then(work)
    this.#tail = run.catch(() => {})
    return run
  }

  constructor(folder) {
    this.folder = folder
  }

  // One more.
  async add(name) {
    const path = `${this.folder}/${name}`
    await this.#exclusive(async () => {
      const text = await fs.readFile(path, 'utf8')
      await fs.writeFile(path, String(Number(text) + 1))
    })
  }
}

module.exports = { Counters }
