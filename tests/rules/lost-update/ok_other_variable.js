const source = 1;
let target = 0;

async function copy() {
  const value = source;
  await Promise.resolve();
  target = value;
}

async function main() {
  await Promise.all([copy(), copy()]);
  console.log(target);
}

void main();
