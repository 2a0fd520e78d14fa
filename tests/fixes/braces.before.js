// fix move-await-out: total
// prints 45
let total = 0;

async function getSize(n) {
  return n;
}

async function add(n) {
  if (n >= 0) total += await getSize(n);
}

async function main() {
  await Promise.all(Array.from({ length: 10 }, (_, n) => add(n)));
  console.log(total);
}

void main()
