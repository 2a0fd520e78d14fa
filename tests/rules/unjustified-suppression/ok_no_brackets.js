let visits = 0;

async function visit() {
  const seen = visits;
  await null;
  visits = seen + 1; /* racewise: ignore -- a lost visit does not matter */
}

await Promise.all([visit(), visit()]);
