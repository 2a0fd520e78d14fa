const LIMIT = 1;
const active = new Set();

async function prepare(job) {
  console.log('preparing', job);
}

async function launch(job) {
  if (active.size < LIMIT) {
    await prepare(job);
    active.add(job); // want check-then-act
  }
}

async function main() {
  await Promise.all([launch('a'), launch('b')]);
  console.log(active.size);
}

void main();
