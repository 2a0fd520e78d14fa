// What is added while the batch is under way is cut off with it.
const batch = [];

export function add(event) {
  batch.push(event);
}

export async function flush(send) {
  if (batch.length === 0) return;
  await send(batch);
  batch.length = 0;  // want lost-update: batch
}
