const users = {};

async function load(id) {
  console.log('loading', id);
  return { id };
}

async function user(id) {
  if (!(id in users)) {
    users[id] = await load(id); // want check-then-act
  }
  return users[id];
}

async function main() {
  await Promise.all([user(1), user(1)]);
}

void main();
