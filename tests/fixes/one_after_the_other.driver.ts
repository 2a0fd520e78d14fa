// prints [1,1]
console.log(JSON.stringify(await report('May').catch((error) => error.message)));
