import { Mutex } from "async-mutex";
class Account {
  readonly mutex = new Mutex();
  balance = 10;
  constructor(readonly id: number) {}
}
export async function transfer(from: Account, to: Account, n: number, io: () => Promise<void>) {
  const [first, second] = from.id < to.id ? [from, to] : [to, from];
  await first.mutex.runExclusive(async () => {
    await io();
    await second.mutex.runExclusive(async () => {
      from.balance -= n;
      to.balance += n;
    });
  });
}
