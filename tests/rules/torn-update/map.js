const flags = new Map([['beta', true]]);

async function load() {
  return [['beta', false]];
}

async function refresh() {
  flags.clear();
  for (const [name, value] of await load()) {
    flags.set(name, value); // want torn-update: flags (high)
  }
}

async function isOn(name) {
  await Promise.resolve();
  console.log(flags.has(name));
}

async function main() {
  await Promise.all([refresh(), isOn('beta')]);
}

void main();
