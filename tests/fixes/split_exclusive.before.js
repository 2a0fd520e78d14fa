// fix split-locked
const { Mutex } = require('async-mutex');

const mutex = new Mutex();
let path = 'a';

async function rename(to, force = false) {
  return mutex.runExclusive(async () => {
    const text = `
    kept as it is`;
    if (force || text) path = to;
  });
}

async function renameTwice(api, to) {
  await mutex.runExclusive(async () => {
    await api.log(path);
    await rename(to, true);
  });
}

module.exports = { rename, renameTwice };
