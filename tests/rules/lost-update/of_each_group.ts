// Each turn has a total of its own, which the tasks of that turn share.
export async function totals(groups: string[][], sizeOf: (name: string) => Promise<number>): Promise<number[]> {
  const found: number[] = [];
  for (const group of groups) {
    let total = 0;
    await Promise.all(
      group.map(async (name) => {
        total += await sizeOf(name); // want lost-update: total (high)
      }),
    );
    found.push(total);
  }
  return found;
}
