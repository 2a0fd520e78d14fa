import { Mutex } from 'async-mutex';

class Account {
  readonly mutex = new Mutex();
  balance = 0;
}

export async function transfer(from: Account, to: Account, n: number): Promise<void> {
  await from.mutex.runExclusive(async () => {
    await to.mutex.runExclusive(async () => { // want deadlock
      from.balance -= n;
      to.balance += n;
    });
  });
}

export async function move(from: Account, to: Account, n: number): Promise<void> {
  const releaseFrom = await from.mutex.acquire();
  try {
    const releaseTo = await to.mutex.acquire(); // want deadlock
    try {
      from.balance -= n;
      to.balance += n;
    } finally {
      releaseTo();
    }
  } finally {
    releaseFrom();
  }
}
