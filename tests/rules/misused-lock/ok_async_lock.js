const AsyncLock = require("async-lock");
const lock = new AsyncLock();
async function f(io) {
  await lock.acquire("k", async () => {
    await io();
  });
}
module.exports = { f };
