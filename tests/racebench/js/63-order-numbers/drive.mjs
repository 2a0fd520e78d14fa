import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const orders = new m.Orders(() => sleep(2));
  const [a, b] = await Promise.all([orders.take(), orders.take()]);
  if (a === b) return `two orders have the number ${a}`;
});
