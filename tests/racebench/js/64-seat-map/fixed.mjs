// Seats of a theatre.
const free = new Set(['A1']);

export async function book(seat, pay) {
  if (!free.has(seat)) return false;
  free.delete(seat);
  await pay();
  return true;
}
