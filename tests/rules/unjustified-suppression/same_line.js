let visits = 0;

async function visit() {
  const seen = visits;
  await null;
  visits = seen + 1; // racewise: ignore[lost-update] // want unjustified-suppression
}

await Promise.all([visit(), visit()]);
