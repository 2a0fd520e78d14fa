import { Mutex } from 'async-mutex';

export class Desk {
  constructor(api) {
    this.api = api;
    this.left = 10;
  }

  get lock() {
    return new Mutex();
  }

  async sell() {
    await this.lock.runExclusive(async () => { // want ineffective-lock
      if (this.left > 0) {
        await this.api.pay();
        this.left -= 1;
      }
    });
  }
}
