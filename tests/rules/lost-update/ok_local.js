async function price(item) {
  return item.length;
}

async function sumUp(items) {
  let total = 0;
  for (const item of items) total += await price(item);
  return total;
}

async function main() {
  console.log(await Promise.all([sumUp(['tea']), sumUp(['milk', 'oats'])]));
}

void main();
