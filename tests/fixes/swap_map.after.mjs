// fix build-then-swap
// prints 3 3
const prices = new Map([['tea', 1], ['milk', 2], ['Käse', 3]]);

async function reload(names) {
  const newPrices = new Map(); // all of them
  for (const name of names) {
    // One after the other.
    newPrices.set(name, await Promise.resolve(newPrices.size));
  }
  prices.clear();
  for (const [key, value] of newPrices) prices.set(key, value);
}

async function count() {
  await null;
  return prices.size;
}

const [, a, b] = await Promise.all([reload(['tea', 'milk', 'Käse']), count(), count()]);
console.log(a, b);
