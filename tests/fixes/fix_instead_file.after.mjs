// fix fix-instead
// prints 1
let opened = 0, connection;
let connectionPending;

async function connect() {
  if (!connection) {
    connectionPending ??= (async () => {
      await null;
      opened += 1;
      connection = { number: opened };
    })().finally(() => {
      connectionPending = undefined;
    });
    await connectionPending;
  }
  return connection;
}

await Promise.all([connect(), connect()]);
console.log(opened);
