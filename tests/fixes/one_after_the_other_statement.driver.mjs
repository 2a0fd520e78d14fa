// prints done
console.log(await clear().then(() => 'done', (error) => error.message));
