import { Mutex } from 'async-mutex';

export class Ids {
  static next = 1;

  constructor(api) {
    this.api = api;
    this.mutex = new Mutex();
  }

  async take() {
    return this.mutex.runExclusive(async () => { // want ineffective-lock
      const id = Ids.next;
      await this.api.save(id);
      Ids.next = id + 1;
      return id;
    });
  }
}

export async function handle(api) {
  return new Ids(api).take();
}
