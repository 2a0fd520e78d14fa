// The old value is read after the suspension, or not at all.
let total = 0;
let action = null;

export async function add(measure) {
  total = (await measure()) + total;
  const size = await measure();
  total += size;
  let own = 0;
  own += await measure();
  return own;
}

export async function* measured(sizes) {
  for await (const size of sizes) {
    total += size;
    yield size;
  }
}

export async function each(names, print) {
  for (const name of names) {
    await print(name);
  }
  for (const name of names) {
    await (() => print(name))();
  }
}

export function firstAction(load) {
  action ??= load().catch((error) => {
    action = null;
    throw error;
  });
  return action;
}

export async function recover(work, repair) {
  let result;
  try {
    result = work();
  } catch {
    result = null;
    await repair();
  }
  return result;
}
