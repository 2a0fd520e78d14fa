import { Semaphore } from "async-mutex";
const sem = new Semaphore(2);
export async function run(job) {
  const [value, release] = await sem.acquire();
  try {
    return await job(value);
  } finally {
    release();
  }
}
