import { Mutex } from 'async-mutex';

export function createStore(api) {
  const mutex = new Mutex();
  let level = 0;
  return {
    async add(n) {
      await mutex.runExclusive(async () => {
        const before = level;
        await api.put(n);
        level = before + n;
      });
    },
    async take(n) {
      const release = await mutex.acquire();
      try {
        if (level >= n) {
          await api.put(-n);
          level -= n;
        }
      } finally {
        release();
      }
    },
  };
}
