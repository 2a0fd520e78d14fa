let hits = 0;

function record() {
  const seen = hits;
  return Promise.resolve().then(() => {
    hits = seen + 1; // want lost-update: hits (high)
  });
}

async function main() {
  await Promise.all([record(), record(), record()]);
  console.log(hits);
}

void main();
