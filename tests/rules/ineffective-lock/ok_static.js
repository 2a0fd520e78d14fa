import { Mutex } from 'async-mutex';

export class Ids {
  static #mutex = new Mutex();
  static #next = 1;

  static async take(api) {
    return Ids.#mutex.runExclusive(async () => {
      const id = Ids.#next;
      await api.save(id);
      Ids.#next = id + 1;
      return id;
    });
  }
}
