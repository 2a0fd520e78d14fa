// fix share-lock
const { Mutex } = require('async-mutex');

const locks = new Map();
const balances = new Map();
const lockFor = (id) => {
  const lock2 = locks.get(id) || new Mutex();
  locks.set(id, lock2);
  return lock2;
};

async function add(api, id, n) {
  await lockFor(id).runExclusive(async () => {
    const before = balances.get(id);
    await api.log(n);
    balances.set(id, before + n);
  });
}

module.exports = { add };
