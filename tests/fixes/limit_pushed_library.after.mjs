// fix limit-concurrency
import pLimit from 'p-limit';

const one = pLimit(1);

const MAX_CONCURRENT = 10;

export async function load(urls) {
  const limited = pLimit(MAX_CONCURRENT);
  await one(() => fetch('/'));
  const loading = [];
  // All of them.
  for (const url of urls) loading.push(limited(() => fetch(url)));
  return Promise.race([...loading, await Promise.all(loading)]);
}
