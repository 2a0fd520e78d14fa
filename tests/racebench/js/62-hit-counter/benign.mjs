// Counts hits of a page.
let hits = 0;

export async function hit(save) {
  const seen = hits;
  await save();
  // racewise: ignore[lost-update] -- the queue in front of this runs one call at a time
  hits = seen + 1;
  return hits;
}
