// fix remove-ignore
// prints-both 1
// safe no
let visits = 0;

async function visit() {
  await null;
  visits += 1; /* racewise: ignore[lost-updates] -- only one worker runs this */ console.log(visits);
}

visit();
