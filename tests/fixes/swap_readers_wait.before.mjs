// fix promise-chain-lock
// prints 3
const pages = 3;
const items = ['a', 'b', 'c'];

async function load() {
  for (let page = 0; page < pages; page++) items.push(await `page ${page}`);
}

async function refresh() {
  items.length = 0;
  await load();
}

async function count() {
  await null;
  return items.length;
}

const [, n] = await Promise.all([refresh(), count()]);
console.log(n);
