// fix build-then-swap
// prints 3 3
const prices = new Map([['tea', 1], ['milk', 2], ['Käse', 3]]);

async function reload(names) {
  prices.clear(); // all of them
  for (const name of names) {
    // One after the other.
    prices.set(name, await Promise.resolve(prices.size));
  }
}

async function count() {
  await null;
  return prices.size;
}

const [, a, b] = await Promise.all([reload(['tea', 'milk', 'Käse']), count(), count()]);
console.log(a, b);
