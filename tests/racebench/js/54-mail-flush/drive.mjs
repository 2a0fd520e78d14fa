import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  let failures = 1;
  const outbox = new m.Outbox({ send: () => sleep(1).then(() => { if (failures-- > 0) throw new Error('away'); }) });
  await Promise.allSettled([outbox.flush(), outbox.flush()]);
  await outbox.flush();
  if (outbox.sent !== 1) return 'after one failure nothing is sent any more';
});
