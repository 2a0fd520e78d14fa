import { Mutex } from "async-mutex";
const mutex = new Mutex();
let n = 0;
export async function run(job) {
  const release = mutex.acquire(); // want misused-lock
  try {
    n = n + (await job());
  } finally {
    release();
  }
}
