// The chain is a lock: each link starts when the one before has ended.
let visits = 0;
let tail = Promise.resolve();

function recordVisit() {
  tail = tail.then(async () => {
    const seen = visits;
    await Promise.resolve();
    visits = seen + 1;
  });
  return tail;
}

async function main() {
  await Promise.all([recordVisit(), recordVisit(), recordVisit()]);
  console.log(visits);
}

void main();
