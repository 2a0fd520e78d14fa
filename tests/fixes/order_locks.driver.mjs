// prints done
const stuck = new Promise((resolve) => { setTimeout(resolve, 20, 'stuck'); });
const pause = async () => {};
const both = Promise.all([two({ begin: pause, end: pause }), one(pause)]);
console.log(await Promise.race([both.then(() => 'done'), stuck]));
