// The end of the block releases the lock, however it is left.
import { Mutex } from "async-mutex";

const mutex = new Mutex();

export async function add(work: () => Promise<void>): Promise<void> {
  await using guard = await mutex.acquire();
  await work();
}
