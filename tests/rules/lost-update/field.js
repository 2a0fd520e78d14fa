class Account {
  constructor() {
    this.balance = 0;
  }

  async deposit(amount) {
    const balance = this.balance;
    await Promise.resolve();
    this.balance = balance + amount; // want lost-update: this.balance (high)
  }
}

async function main() {
  const account = new Account();
  await Promise.all([account.deposit(1), account.deposit(2)]);
  console.log(account.balance);
}

void main();
