// fix share-lock
const { Mutex } = require('async-mutex');

const locks = new Map();
const balances = new Map();
const lockFor = (id) => {
  return locks.get(id) || new Mutex();
};

async function add(api, id, n) {
  await lockFor(id).runExclusive(async () => {
    const before = balances.get(id);
    await api.log(n);
    balances.set(id, before + n);
  });
}

module.exports = { add };
