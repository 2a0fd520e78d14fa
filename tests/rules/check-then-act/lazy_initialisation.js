let client = null;

async function connect() {
  return {};
}

async function getClient() {
  if (client === null) { // first-access
    client = await connect(); // want check-then-act: client (high)
  }
  return client;
}

async function main() {
  const [first, second] = await Promise.all([getClient(), getClient()]);
  console.log(first === second);
}

void main();
