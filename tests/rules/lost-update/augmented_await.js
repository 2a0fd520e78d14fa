let total = 0;

async function price(item) {
  return item.length;
}

async function add(item) {
  total += await price(item); // want lost-update: total (high)
}

async function main() {
  await Promise.all([add('tea'), add('milk')]);
  console.log(total);
}

void main();
