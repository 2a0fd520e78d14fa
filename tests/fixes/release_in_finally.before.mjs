// fix release-always
import { Mutex } from 'async-mutex'

const mutex = new Mutex()

export async function run(job, size) {
    const release = await mutex.acquire()
    const result = await job(size)
    if (!result) return null
    // after the job
    release() // at last

    return result.name
}
