const cache = new Map();
const loading = new Set();

async function load(key) {
  return key.toUpperCase();
}

async function warm(key) {
  if (cache.has(key) || loading.has(key)) return;
  loading.add(key);
  try {
    cache.set(key, await load(key));
  } finally {
    loading.delete(key);
  }
}

async function main() {
  await Promise.all([warm('a'), warm('a')]);
}

void main();
