// fix build-then-swap
// prints 2
const flags = new Set(['dark', 'beta']);

async function sync(load) {
  const newFlags = new Set();
  (await load()).forEach((flag) => newFlags.add(flag));
  flags.clear();
  for (const item of newFlags) flags.add(item);
}

async function count() {
  await null;
  return flags.size;
}

const [, n] = await Promise.all([sync(async () => { await null; await null; return ['dark', 'beta']; }), count()]);
console.log(n);
