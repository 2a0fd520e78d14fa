// fix share-lock
import { Mutex } from 'async-mutex'

let count = 0

/** One more. */
export async function add(save) {
  /* für */ const mutex = new Mutex()
  const release = await mutex.acquire()
  try {
    const before = count
    await save()
    count = before + 1
  } finally {
    release()
  }
}

export const mutex = null
