import { Mutex } from 'async-mutex';

const mutex = new Mutex();

export async function claim(free: () => Promise<string[]>, take: (name: string) => Promise<void>) {
  const release = await mutex.acquire(); // want misused-lock
  const names = await free();
  if (names.length === 0) return null;
  await take(names[0]);
  release();
  return names[0];
}
