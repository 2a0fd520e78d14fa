// refuses promise-chain-lock: wait for it to end
let depth = 0;

async function grow(levels) {
  const before = depth;
  console.log(before);
  await Promise.resolve();
  if (levels) await grow(levels - 1);
  depth = before + 1;
}

async function main() {
  await Promise.all([grow(1), grow(2)]);
}

void main();
