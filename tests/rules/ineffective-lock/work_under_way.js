import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let total = 0;

async function work(store, n) {
  const before = total;
  await store.put(n);
  total = before + n;
}

export async function add(store, n) {
  const running = work(store, n);
  await mutex.runExclusive(() => running); // want ineffective-lock
}
