// fix build-then-swap
// prints 2
const flags = new Set(['dark', 'beta']);

async function sync(load) {
  flags.clear();
  (await load()).forEach((flag) => flags.add(flag));
}

async function count() {
  await null;
  return flags.size;
}

const [, n] = await Promise.all([sync(async () => { await null; await null; return ['dark', 'beta']; }), count()]);
console.log(n);
