import { Mutex, Semaphore } from 'async-mutex';

const mutex = new Mutex();
const slots = new Semaphore(3);

export async function lock() {
  const release = await mutex.acquire();
  return release;
}

export async function lockObject(api) {
  const release = await mutex.acquire();
  const info = await api.info().catch(() => null);
  return { info, release };
}

export function startLock() {
  return mutex.acquire();
}

export async function withSlot(work) {
  const [value, release] = await slots.acquire();
  try {
    return await work(value);
  } finally {
    release();
  }
}

export async function handed(socket, api) {
  const release = await mutex.acquire();
  socket.once('close', release);
  await api.hello();
}

export async function handed2(api) {
  const release = await mutex.acquire();
  return api.run().finally(release);
}
