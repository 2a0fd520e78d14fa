function archive(folder, storage) {
  return new Promise(async (resolve, reject) => { // want misused-promise: Promise (high)
    const timer = setTimeout(() => reject(new Error('timed out')), 1000);
    for (const name of await storage.list(folder)) await storage.copy(name);
    clearTimeout(timer);
    resolve();
  });
}

module.exports = { archive };
