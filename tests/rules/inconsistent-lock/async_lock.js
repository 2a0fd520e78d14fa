const AsyncLock = require('async-lock');

const lock = new AsyncLock();
let total = 0;

async function add(store, n) {
  await lock.acquire('total', async () => {
    const before = total;
    await store.put(n);
    total = before + n;
  });
}

async function take(store, n) {
  await store.put(-n);
  total -= n; // want inconsistent-lock: total (medium)
}

module.exports = { add, take };
