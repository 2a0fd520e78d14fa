import { Mutex } from 'async-mutex';

const locks = new Map();
const balances = new Map();

function lockFor(id) {
  if (locks.has(id)) return locks.get(id);
  return new Mutex();
}

export async function add(api, id, n) {
  const release = await lockFor(id).acquire(); // want ineffective-lock
  try {
    const before = balances.get(id);
    await api.log(n);
    balances.set(id, before + n);
  } finally {
    release();
  }
}
