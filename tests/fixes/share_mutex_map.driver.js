// prints most: 1
let running = 0, most = 0;
const save = async () => {
  most = Math.max(most, ++running);
  await null;
  running -= 1;
};
const api = { log: save };
Promise.all([module.exports.add(api, 'a', 1), module.exports.add(api, 'a', 2)]).then(() => console.log('most:', most));
