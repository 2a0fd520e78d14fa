let visits = 0;

async function recordVisit() {
  const seen = visits;
  await Promise.resolve();
  visits = seen + 1;
}

async function main() {
  for (let i = 0; i < 100; i++) await recordVisit();
  console.log(visits);
}

void main();
