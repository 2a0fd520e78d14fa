// fix read-after-await: visits
// preferred yes
// safe yes
// leaves nothing
// prints 100
let visits = 0;

async function recordVisit() {
  const seen = visits;
  await Promise.resolve(); // any await: a query, a request
  visits = seen + 1;
}

async function main() {
  await Promise.all(Array.from({ length: 100 }, () => recordVisit()));
  console.log(visits); // 1, not 100
}

void main();
