// fix async-predicate
// prints none
const isLarge = async (n) => n > 10

async function describe(numbers) {
  if (numbers.some(isLarge)) return 'some'
  return 'none'
}

describe([1, 2]).then(console.log)
