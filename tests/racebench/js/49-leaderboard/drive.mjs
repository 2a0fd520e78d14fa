import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const board = new m.Board((name) => sleep(2, name === 'ann' ? 3 : 2));
  const updating = board.update(['ann', 'bob']);
  await sleep(3);
  const total = await board.total();
  await updating;
  if (total !== 5) return `the total was ${total}, it is 5 before and after`;
});
