// prints b
const stuck = new Promise((resolve) => { setTimeout(resolve, 20, 'stuck'); });
await run(async () => null);
console.log(await Promise.race([run(async () => ({ name: 'b' })), stuck]));
