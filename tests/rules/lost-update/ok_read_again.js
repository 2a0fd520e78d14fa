let visits = 0;

async function recordVisit() {
  let seen = visits;
  console.log('so far', seen);
  await Promise.resolve();
  seen = visits;
  visits = seen + 1;
}

async function main() {
  await Promise.all([recordVisit(), recordVisit()]);
  console.log(visits);
}

void main();
