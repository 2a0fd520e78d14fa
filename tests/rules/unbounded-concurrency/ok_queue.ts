import PQueue from 'p-queue';

const queue = new PQueue({ concurrency: 4 });

export async function load(urls: string[]) {
  return Promise.all(urls.map((url) => queue.add(() => fetch(url))));
}
