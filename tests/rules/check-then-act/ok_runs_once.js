let client = null;

async function connect() {
  return {};
}

async function setUp() {
  if (client === null) client = await connect();
}

async function main() {
  await setUp();
  console.log(client !== null);
}

void main();
