// prints-both done
await visit(async () => {});
console.log('done');
