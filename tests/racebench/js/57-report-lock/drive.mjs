import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  let problems = 1;
  const reports = new m.Reports({ write: () => sleep(1).then(() => { if (problems-- > 0) throw new Error('disk full'); }) });
  await Promise.allSettled([reports.build(['a', 'b']), reports.build(['c'])]);
  const state = await reports.build(['d']);
  if (state !== 'built') return `after one failure every build is told: ${state}`;
});
