const fs = require('fs/promises');

async function sizes(names, each) {
  const found = {};
  await each(names, async (name) => {
    found[name] = await fs.stat(name);
  });
  return found;
}

async function removeAll(names, each) {
  const found = await sizes(names, each);
  for (const name in found) {
    await fs.rm(name);
  }
}

module.exports = { removeAll };
