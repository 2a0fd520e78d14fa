const { Mutex } = require('async-mutex');

const mutex = new Mutex();

exports.save = async function save(store, record) {
  const release = await mutex.acquire();
  try {
    await store.put(record);
  } finally {
    release();
  }
};
