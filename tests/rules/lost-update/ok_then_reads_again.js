let hits = 0;

function record() {
  return Promise.resolve().then(() => {
    hits = hits + 1;
  });
}

async function main() {
  await Promise.all([record(), record(), record()]);
  console.log(hits);
}

void main();
