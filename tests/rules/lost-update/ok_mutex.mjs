import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let visits = 0;

export async function recordVisit(store) {
  await mutex.runExclusive(async () => {
    const seen = visits;
    await store.save(seen + 1);
    visits = seen + 1;
  });
}
