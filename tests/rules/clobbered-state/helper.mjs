let current = null;

async function describe() {
  return current.name;
}

export async function report(item, load) {
  current = item;
  await load(item);
  return describe(); // want clobbered-state: current
}
