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
    const release = await this.mutex.acquire();
    try {
      this.balance -= cents;
    } finally {
      release();
    }
  }
}

async function main() {
  const till = new Till();
  await Promise.all([till.deposit(5), till.fee(1)]);
  console.log(till.balance);
}

void main();
