import pLimit from 'p-limit';
import PQueue from 'p-queue';

const limit = pLimit(4);
const queue = new PQueue({ concurrency: 2 });
let total = 0;
let other = 0;

export async function add(store, n) {
  await limit(async () => {
    const before = total;
    await store.put(n);
    total = before + n; // want lost-update: total (medium)
  });
}

export async function more(store, n) {
  await queue.add(async () => {
    const before = other;
    await store.put(n);
    other = before + n; // want lost-update: other (medium)
  });
}
