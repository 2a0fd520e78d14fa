import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  await Promise.all([m.hit(() => sleep(1)), m.hit(() => sleep(1))]);
  const hits = await m.hit(() => sleep(1));
  if (hits !== 3) return `${hits} hits counted of 3`;
});
