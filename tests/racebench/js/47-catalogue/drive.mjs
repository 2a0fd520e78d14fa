import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const shop = { pages: 3, all: () => ['a', 'b', 'c'], page: (n) => sleep(2, ['abc'[n]]) };
  const catalogue = new m.Catalogue(shop);
  const refreshing = catalogue.refresh();
  await sleep(3);
  const count = await catalogue.count();
  await refreshing;
  if (count !== 3) return `a reader saw ${count} of 3 items`;
});
