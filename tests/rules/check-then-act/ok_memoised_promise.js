let connecting;

async function connect() {
  console.log('connecting');
  return {};
}

function getConnection() {
  connecting ??= connect();
  return connecting;
}

async function main() {
  await Promise.all([getConnection(), getConnection()]);
}

void main();
