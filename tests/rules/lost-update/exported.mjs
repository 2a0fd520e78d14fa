// Nothing here starts a task: an outside caller can.
import { setTimeout as sleep } from 'node:timers/promises';

let served = 0;

export async function serve() {
  const before = served;
  await sleep(1);
  served = before + 1; // want lost-update: served (medium)
}
