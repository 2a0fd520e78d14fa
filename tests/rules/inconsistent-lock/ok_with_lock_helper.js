import { Mutex } from 'async-mutex';

const locks = new Map();
const balances = {};

function lockFor(id) {
  let lock = locks.get(id);
  if (!lock) {
    lock = new Mutex();
    locks.set(id, lock);
  }
  return lock;
}

async function withLock(id, work) {
  const release = await lockFor(id).acquire();
  try {
    return await work();
  } finally {
    release();
  }
}

export async function add(api, id, n) {
  return withLock(id, async () => {
    const before = balances[id];
    await api.log(n);
    balances[id] = before + n;
  });
}

export async function take(api, id, n) {
  const lock = lockFor(id);
  await lock.runExclusive(async () => {
    const before = balances[id];
    await api.log(n);
    balances[id] = before - n;
  });
}
