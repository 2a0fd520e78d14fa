// fix remove-ignore
// prints-both 1
// safe no
let visits = 0;

async function visit() {
  await null;
  visits += 1; console.log(visits);
}

visit();
