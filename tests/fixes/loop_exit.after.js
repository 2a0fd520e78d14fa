// fix promise-chain-lock: last
// prints 30
let last = 0;
let lastTail = Promise.resolve();

function exclusive(work) {
  const run = lastTail.then(work);
  lastTail = run.catch(() => {});
  return run;
}

async function next() {
  return 1;
}

async function count(times) {
  await exclusive(async () => {
    for (;;) {
      const before = last;
      if (times-- === 0) break;
      void before;
      await next();
      last = before + 1;
    }
  });
}

async function main() {
  await Promise.all([count(10), count(10), count(10)]);
  console.log(last);
}

void main();
