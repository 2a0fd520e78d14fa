// prints 80
const till = new Till();
const all: Promise<unknown>[] = [till.deposit(100)];
for (let i = 0; i < 20; i++) {
  all.push(till.fee(1));
  await null;
}
await Promise.all(all);
console.log(await till.deposit(0));
