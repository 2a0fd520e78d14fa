// fix add-await: rows.map
// prints 3
let stored = 0;
async function insert(row) {
  await new Promise((resolve, reject) => setTimeout(() => (row ? resolve() : reject()), 5));
  stored += row;
}
async function insertAll(rows) {
  await Promise.all(rows.map((row) => insert(row)));
}
await insertAll([1, 1, 1]);
console.log(stored);
