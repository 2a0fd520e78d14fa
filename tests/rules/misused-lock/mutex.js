const { Mutex } = require('async-mutex');

const mutex = new Mutex();

exports.save = async function save(store, record) {
  const release = await mutex.acquire(); // want misused-lock: mutex (high)
  await store.put(record);
  release();
};
