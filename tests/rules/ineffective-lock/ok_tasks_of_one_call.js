import { Mutex } from 'async-mutex';

export async function sum(api, ids) {
  const mutex = new Mutex();
  let total = 0;
  await Promise.all(ids.map(async (id) => {
    await mutex.runExclusive(async () => {
      const before = total;
      const n = await api.get(id);
      total = before + n;
    });
  }));
  return total;
}
