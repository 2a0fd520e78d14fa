import pLimit from 'p-limit';
import PQueue from 'p-queue';

const limit = pLimit(1);
const queue = new PQueue({ concurrency: 1 });
let total = 0;
let other = 0;

export async function add(store, n) {
  await limit(async () => {
    const before = total;
    await store.put(n);
    total = before + n;
  });
}

export async function take(store, n) {
  return limit(() => subtract(store, n));
}

async function subtract(store, n) {
  const before = total;
  await store.put(n);
  total = before - n;
}

export async function more(store, n) {
  await queue.add(async () => {
    const before = other;
    await store.put(n);
    other = before + n;
  });
}
