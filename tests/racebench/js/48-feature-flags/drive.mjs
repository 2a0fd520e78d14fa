import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const syncing = m.sync(() => sleep(5, ['dark-mode', 'beta']));
  await sleep(1);
  const answer = await m.isEnabled('beta');
  await syncing;
  if (!answer) return 'a flag that is on was reported off';
});
