// Counts hits of a page.
let hits = 0;

export async function hit(save) {
  await save();
  hits += 1;
  return hits;
}
