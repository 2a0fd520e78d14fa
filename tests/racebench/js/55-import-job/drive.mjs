import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  await Promise.allSettled([m.runImport(() => sleep(1).then(() => { throw new Error('no row'); })), m.runImport(() => sleep(1, 'x'))]);
  const done = await m.runImport(() => sleep(1, 'row'));
  if (!done) return 'after one failed import no other can start';
});
