import { Mutex } from 'async-mutex';

const mutex = new Mutex();
let total = 0;

async function quote(api) {
  return api.price();
}

export async function add(api) {
  const price = quote(api);
  await mutex.runExclusive(async () => {
    const value = await price;
    total = total + value;
  });
}

export async function later(api) {
  const price = quote(api);
  await mutex.runExclusive(async () => {
    const value = await price;
    total += value;
  });
}
