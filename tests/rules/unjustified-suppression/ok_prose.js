let visits = 0;

async function visit() {
  await null;
  // racewise: it once lost updates here
  const seen = visits;
  visits = seen + 1;
}

await Promise.all([visit(), visit()]);
