import { Mutex } from 'async-mutex';

const mutex = new Mutex();

function cleanup(api) {
  return mutex.runExclusive(() => api.cleanup());
}

export async function save(api) {
  await mutex.runExclusive(async () => {
    await api.put();
    cleanup(api).catch(() => {});
    void mutex.runExclusive(() => api.log());
  });
}
