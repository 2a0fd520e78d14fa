let visits = 0;

async function recordVisit() {
  const seen = visits; // first-access
  await Promise.resolve(); // suspension
  visits = seen + 1; // want lost-update: visits (high)
}

async function main() {
  await Promise.all(Array.from({ length: 100 }, () => recordVisit()));
  console.log(visits);
}

void main();
