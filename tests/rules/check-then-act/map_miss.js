const cache = new Map();

async function load(key) {
  console.log('loading', key);
  return key.toUpperCase();
}

async function get(key) {
  if (!cache.has(key)) {
    cache.set(key, await load(key)); // want check-then-act
  }
  return cache.get(key);
}

async function main() {
  await Promise.all([get('a'), get('a')]);
}

void main();
