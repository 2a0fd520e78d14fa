// fix async-reducer
// prints 60
const price = async (n) => n * 10

const total = (numbers) => numbers.reduce(async (previous, n) => {
  const sum = await previous
  return sum + (await price(n))
}, 0)

total([1, 2, 3]).then(console.log)
