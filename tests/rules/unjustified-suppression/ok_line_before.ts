let visits: number = 0;

async function visit() {
  const seen = visits;
  await null;
  // racewise: ignore[lost-update] -- a lost visit does not matter
  visits = seen + 1;
}

await Promise.all([visit(), visit()]);
