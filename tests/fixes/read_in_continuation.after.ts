// fix read-after-await
// prints 2
let spent: number = 0;

function ask(model: () => Promise<number>): Promise<number> {
  /* größer */
  return model().then((cost: number) => { // then
    const usage = cost;
    const baseline: number = spent; // so far
    spent = baseline + usage;
    return spent;
  });
}

Promise.all([ask(async () => 1), ask(async () => 1)]).then(() => console.log(spent));
