import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  m.work(() => sleep(3));
  m.submit('a');
  await sleep(1);
  m.submit('b');
  await sleep(200);
  if (m.done.join() !== 'a,b') return `jobs done: ${m.done}`;
});
