// fix async-predicate
// prints none
const isLarge = async (n) => n > 10

async function describe(numbers) {
  if ((await Promise.all(numbers.map(isLarge))).some(Boolean)) return 'some'
  return 'none'
}

describe([1, 2]).then(console.log)
