import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const sold = await Promise.all([m.book('A1', () => sleep(1)), m.book('A1', () => sleep(1))]);
  if (sold.filter(Boolean).length !== 1) return `one seat is sold twice: ${sold}`;
});
