// fix share-lock
import { Mutex } from 'async-mutex'

let count = 0

const mutex2 = new Mutex()

/** One more. */
export async function add(save) {
  /* für */ 
  const release = await mutex2.acquire()
  try {
    const before = count
    await save()
    count = before + 1
  } finally {
    release()
  }
}

export const mutex = null
