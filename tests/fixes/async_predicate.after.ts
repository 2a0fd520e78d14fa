// fix async-predicate
// prints 2,4
const even = async (n: number): Promise<boolean> => n % 2 === 0;

async function evens(numbers: number[]): Promise<number[]> {
  /* é */ const answers = await Promise.all(numbers.map(async (n) => {
    return even(n);
  }));
  const kept = numbers.filter((_, index) => answers[index]);
  return kept;
}

evens([1, 2, 3, 4]).then((kept) => console.log(kept.join()));
