// The saved value is written back in the same step: nothing runs in between.
let depth = 0;

function measure(node) {
  const before = depth;
  depth = before + 1;
  const size = node.children.reduce((sum, child) => sum + measure(child), depth);
  depth = before;
  return size;
}

async function main() {
  const sizes = await Promise.all([1, 2].map(async () => measure({ children: [{ children: [] }] })));
  console.log(sizes);
}

void main();
