let balance = 100;

async function authorise(amount) {
  console.log('authorised', amount);
}

async function withdraw(amount) {
  if (balance >= amount) {
    await authorise(amount);
    if (balance >= amount) balance -= amount;
  }
}

async function main() {
  await Promise.all([withdraw(80), withdraw(80)]);
  console.log(balance);
}

void main();
