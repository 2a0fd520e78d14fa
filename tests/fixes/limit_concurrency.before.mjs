// fix limit-concurrency

/** Fetches them. */
export async function load(urls) {
  return Promise.all(urls.map((url) => fetch(url)))
}
