import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let level = 0;

async function addUnlocked(store: { put(n: number): Promise<void> }, n: number): Promise<void> {
  const before = level;
  await store.put(n);
  level = before + n;
}

export async function add(store: { put(n: number): Promise<void> }, n: number): Promise<void> {
  await mutex.runExclusive(() => addUnlocked(store, n));
}

export async function addTwice(store: { put(n: number): Promise<void> }, n: number): Promise<void> {
  await mutex.runExclusive(async () => {
    await addUnlocked(store, n);
    await addUnlocked(store, n);
  });
}
