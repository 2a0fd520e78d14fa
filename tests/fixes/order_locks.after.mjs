// fix swap-locks
import { Mutex } from 'async-mutex'

const first = new Mutex()
const second = new Mutex()

export const one = (work) => first.runExclusive(() => second.runExclusive(() => (async () => work())()))

export async function two(work) {
  await first.runExclusive(async () => {
    await work.begin()
    await second.runExclusive(async () => {
      await work.end()
    })
  })
}
