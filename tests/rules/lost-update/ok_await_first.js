let total = 0;

async function price(item) {
  return item.length;
}

async function add(item) {
  const cost = await price(item);
  total += cost;
}

async function main() {
  await Promise.all([add('tea'), add('milk')]);
  console.log(total);
}

void main();
