// prints again
let fails = true;
const sync = new Sync(async () => {
  if (fails) throw new Error('down');
});
await sync.run().catch(() => {});
fails = false;
console.log(await sync.run());
