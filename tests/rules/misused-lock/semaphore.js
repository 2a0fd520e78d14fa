import { Semaphore } from "async-mutex";
const sem = new Semaphore(2);
export async function run(job) {
  const [value, release] = await sem.acquire(); // want misused-lock
  const r = await job(value);
  release();
  return r;
}
