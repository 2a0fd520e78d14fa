import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  m.useRegistry((prefix) => sleep(2, prefix));
  const reloading = m.reload();
  await sleep(1);
  const found = await m.resolve('/mail');
  await reloading;
  if (found === null) return 'a request found no route for /mail during the reload';
});
