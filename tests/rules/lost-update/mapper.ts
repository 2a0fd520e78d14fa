import pMap from 'p-map';

export async function totalSize(urls: string[], sizeOf: (url: string) => Promise<number>): Promise<number> {
  let total = 0;
  await pMap(urls, async (url) => {
    total += await sizeOf(url); // want lost-update: total (high)
  });
  return total;
}
