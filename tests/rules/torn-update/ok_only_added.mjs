// Whoever adds meanwhile does not look at what is there.
const names = ['ann'];

export async function reload(load) {
  names.length = 0;
  for (const name of await load()) names.push(name);
}

export async function add(name, check) {
  await check(name);
  names.push(name);
}
