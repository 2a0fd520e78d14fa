const LIMIT = 1;
const active = new Set();

async function launch(job) {
  while (active.size >= LIMIT) await new Promise((resolve) => setTimeout(resolve, 1));
  active.add(job);
  await Promise.resolve();
  active.delete(job);
}

async function main() {
  await Promise.all([launch('a'), launch('b')]);
}

void main();
