import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  for (let i = 0; i < 3; i++) await m.hit(() => sleep(1));
  const hits = await m.hit(() => sleep(1));
  if (hits !== 4) return `${hits} hits counted of 4`;
});
