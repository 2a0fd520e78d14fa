import { Mutex } from "async-mutex";
class Account {
  readonly mutex = new Mutex();
  balance = 10;
}
const outer = new Mutex();
export async function transfer(from: Account, to: Account, n: number, io: () => Promise<void>) {
  await outer.runExclusive(async () => {
    await from.mutex.runExclusive(async () => {
      await io();
      await to.mutex.runExclusive(async () => {
        from.balance -= n;
        to.balance += n;
      });
    });
  });
}
