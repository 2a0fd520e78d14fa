// fix limit-concurrency: urls
import pLimit from 'p-limit';

const slow = pLimit(2);

export const first = (url: string) => slow(() => fetch(url));

const MAX_CONCURRENT = 10;

export async function load(urls: string[]): Promise<number[]> {
  const limited = pLimit(MAX_CONCURRENT);
  return await Promise.all(
    urls.map((url: string) => limited(async () => {
      const { status } = await fetch(url);
      return status;
    })),
  );
}
