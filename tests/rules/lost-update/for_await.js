let total = 0;

async function* numbers() {
  yield 1;
  yield 2;
}

async function addAll() {
  let subtotal = total;
  for await (const number of numbers()) subtotal += number;
  total = subtotal; // want lost-update: total (high)
}

async function main() {
  await Promise.all([addAll(), addAll()]);
  console.log(total);
}

void main();
