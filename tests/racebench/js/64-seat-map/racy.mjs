// Seats of a theatre.
const free = new Set(['A1']);
/* racewise: ignore-file[check-then-act] */

export async function book(seat, pay) {
  if (!free.has(seat)) return false;
  await pay();
  free.delete(seat);
  return true;
}
