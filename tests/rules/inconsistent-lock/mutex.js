const { Mutex } = require('async-mutex');

class Till {
  constructor() {
    this.mutex = new Mutex();
    this.balance = 0;
  }

  deposit(cents) {
    return this.mutex.runExclusive(async () => {
      const before = this.balance;
      await Promise.resolve();
      this.balance = before + cents;
    });
  }

  async fee(cents) {
    await Promise.resolve();
    this.balance -= cents; // want inconsistent-lock: this.balance (high)
  }
}

async function main() {
  const till = new Till();
  await Promise.all([till.deposit(5), till.fee(1)]);
  console.log(till.balance);
}

void main();
