import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  let printing = 0;
  let most = 0;
  const printer = {
    wake: () => sleep(1),
    async print() {
      printing += 1;
      most = Math.max(most, printing);
      await sleep(3);
      printing -= 1;
    },
  };
  const queue = new m.PrintQueue(printer);
  await Promise.all([queue.print('a'), queue.print('b')]);
  if (most !== 1) return `${most} jobs were on the printer at once`;
});
