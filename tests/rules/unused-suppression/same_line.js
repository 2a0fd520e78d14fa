let visits = 0;

async function visit() {
  await null;
  const seen = visits;
  visits = seen + 1; // racewise: ignore[lost-update] -- one worker // want unused-suppression
}

await Promise.all([visit(), visit()]);
