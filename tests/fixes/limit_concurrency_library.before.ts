// fix limit-concurrency: urls
import pLimit from 'p-limit';

const slow = pLimit(2);

export const first = (url: string) => slow(() => fetch(url));

export async function load(urls: string[]): Promise<number[]> {
  return await Promise.all(
    urls.map(async (url: string) => {
      const { status } = await fetch(url);
      return status;
    }),
  );
}
