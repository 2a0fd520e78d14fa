let balance = 100;

async function authorise(amount) {
  console.log('authorised', amount);
}

async function withdraw(amount) {
  if (balance >= amount) {
    await authorise(amount);
    balance -= amount; // want check-then-act: balance (high)
  }
}

async function main() {
  await Promise.all([withdraw(80), withdraw(80)]);
  console.log(balance);
}

void main();
