import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const cart = new m.Cart((item) => sleep(1, item));
  await Promise.all([cart.add('tea'), cart.add('milk')]);
  if (cart.items.length !== 2) return `two were added, the cart holds ${cart.items}`;
});
