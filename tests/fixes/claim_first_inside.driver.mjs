// prints loads: 1
let loads = 0;
const load = async () => {
  loads += 1;
  await null;
};
await Promise.all([prepare(load), prepare(load)]);
console.log('loads:', loads);
