import { drive, sleep } from '../load.mjs';

await drive(async (m) => {
  const printer = { wake: () => sleep(1), print: () => sleep(1) };
  const queue = new m.PrintQueue(printer);
  for (const job of ['a', 'b']) await queue.print(job);
  if (queue.done.length !== 2) return `${queue.done.length} jobs were printed of 2`;
});
