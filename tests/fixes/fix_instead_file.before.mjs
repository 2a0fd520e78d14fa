// fix fix-instead
// prints 1
// racewise: ignore-file[check-then-act]
let opened = 0, connection;

async function connect() {
  if (!connection) {
    await null;
    opened += 1;
    connection = { number: opened };
  }
  return connection;
}

await Promise.all([connect(), connect()]);
console.log(opened);
