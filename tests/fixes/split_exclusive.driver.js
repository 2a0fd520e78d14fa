// prints done
const stuck = new Promise((resolve) => { setTimeout(resolve, 20, 'stuck'); });
const done = module.exports.renameTwice({ log: async () => {} }, 'b').then(() => 'done');
Promise.race([done, stuck]).then(console.log);
