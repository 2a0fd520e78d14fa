let visits: number = 0;

async function visit() {
  const seen = visits;
  await null;
  // want-below unjustified-suppression
  // racewise: ignore[lost-update]
  visits = seen + 1;
}

await Promise.all([visit(), visit()]);
