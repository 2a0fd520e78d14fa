// fix promise-chain-lock
// prints 3
const pages = 3;
const items = ['a', 'b', 'c'];
let itemsTail = Promise.resolve();

function exclusive(work) {
  const run = itemsTail.then(work);
  itemsTail = run.catch(() => {});
  return run;
}

async function load() {
  for (let page = 0; page < pages; page++) items.push(await `page ${page}`);
}

async function refresh() {
  await exclusive(async () => {
    items.length = 0;
    await load();
  });
}

async function count() {
  await null;
  return exclusive(async () => {
    return items.length;
  });
}

const [, n] = await Promise.all([refresh(), count()]);
console.log(n);
