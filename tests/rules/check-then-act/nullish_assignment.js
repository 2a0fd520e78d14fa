let connection;

async function connect() {
  console.log('connecting');
  return {};
}

async function getConnection() {
  connection ??= await connect(); // want check-then-act: connection (high)
  return connection;
}

async function main() {
  await Promise.all([getConnection(), getConnection()]);
}

void main();
