import pLimit from 'p-limit';

const limit = pLimit(4);

export async function load(urls) {
  return Promise.all(urls.map((url) => limit(() => fetch(url))));
}
