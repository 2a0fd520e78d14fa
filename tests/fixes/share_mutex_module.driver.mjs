// prints most: 1
let running = 0, most = 0;
const save = async () => {
  most = Math.max(most, ++running);
  await null;
  running -= 1;
};
await Promise.all([add(save), add(save)]);
console.log('most:', most);
