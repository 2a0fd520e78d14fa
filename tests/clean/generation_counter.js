// Only the newest search may show its results.
let generation = 0;
let results = [];

async function fetchResults(query) {
  return [query];
}

async function search(query) {
  const mine = ++generation;
  const found = await fetchResults(query);
  if (mine === generation) results = found;
}

async function main() {
  await Promise.all([search('a'), search('ab'), search('abc')]);
  console.log(results);
}

void main();
