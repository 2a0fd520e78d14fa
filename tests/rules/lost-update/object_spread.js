let state = {};

async function load(key) {
  return key.toUpperCase();
}

async function refresh(key) {
  state = { ...state, [key]: await load(key) }; // want lost-update: state (high)
}

async function main() {
  await Promise.all([refresh('a'), refresh('b')]);
  console.log(state);
}

void main();
