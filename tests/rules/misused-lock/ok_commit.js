import { Mutex } from "async-mutex";
const mutex = new Mutex();
export async function begin(io) {
  const release = await mutex.acquire();
  await io();
  return {
    commit() {
      release();
    },
  };
}
