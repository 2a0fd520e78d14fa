import { Mutex } from 'async-mutex';

const stock = new Mutex();
const orders = new Mutex();

export async function order(api) {
  await orders.runExclusive(async () => {
    await api.check();
    await stock.runExclusive(() => api.take()); // want deadlock
  });
}

export async function refill(api) {
  const release = await stock.acquire();
  try {
    await orders.runExclusive(async () => {
      await api.fill();
    });
  } finally {
    release();
  }
}
