// What is left at the end of the block is not what the lock gave.
import { Mutex } from "async-mutex";

const mutex = new Mutex();

export async function add(open: () => any, work: () => Promise<void>): Promise<void> {
  await using link = open();
  const release = await mutex.acquire(); // want misused-lock
  await work();
  release();
}
