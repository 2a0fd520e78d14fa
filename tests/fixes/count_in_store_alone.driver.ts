// prints 2
const store = new Redis();
const votes = new Votes(store);
await Promise.all([votes.vote('a'), votes.vote('a')]);
console.log(await store.get('votes:a'));
