let flags = new Map([['beta', true]]);

async function load() {
  return [['beta', false]];
}

async function refresh() {
  flags = new Map(await load());
}

async function isOn(name) {
  await Promise.resolve();
  console.log(flags.has(name));
}

async function main() {
  await Promise.all([refresh(), isOn('beta')]);
}

void main();
