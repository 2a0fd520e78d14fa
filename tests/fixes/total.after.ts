// fix move-await-out: this.total
// prints 45
class Sum {
  total = 0;

  async add(n: number): Promise<void> {
    const value = await size(n);
    this.total = this.total + value; // the size
  }
}

async function size(n: number): Promise<number> {
  return n;
}

async function main(): Promise<void> {
  const sum = new Sum();
  await Promise.all(Array.from({ length: 10 }, (_, n) => sum.add(n)));
  console.log(sum.total);
}

void main();
