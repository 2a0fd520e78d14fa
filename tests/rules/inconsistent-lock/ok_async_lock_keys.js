import AsyncLock from 'async-lock';

const lock = new AsyncLock();
const balances = {};

export function add(store, id, n) {
  return lock.acquire(id, async () => {
    const before = balances[id];
    await store.put(id);
    balances[id] = before + n;
  });
}

export function take(store, account, n) {
  return lock.acquire(account, async () => {
    const before = balances[account];
    await store.put(account);
    balances[account] = before - n;
  });
}

export function move(store, from, to, n) {
  return lock.acquire([from, to], async () => {
    const before = balances[from];
    await store.put(from);
    balances[from] = before - n;
  });
}
