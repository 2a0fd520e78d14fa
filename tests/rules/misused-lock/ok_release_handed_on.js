import { Mutex } from "async-mutex";
const mutex = new Mutex();
export async function stream(res, io) {
  const release = await mutex.acquire();
  res.on("close", release);
  await io();
  res.end();
}
