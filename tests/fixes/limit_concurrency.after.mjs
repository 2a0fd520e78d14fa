// fix limit-concurrency

const MAX_CONCURRENT = 10

/** Does the work for every item, for at most `limit` at a time: the workers share one iterator. */
async function mapLimited(items, limit, work) {
  const results = []
  const entries = items.entries()
  async function worker() {
    for (const [index, item] of entries) results[index] = await work(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}

/** Fetches them. */
export async function load(urls) {
  return mapLimited(urls, MAX_CONCURRENT, (url) => fetch(url))
}
