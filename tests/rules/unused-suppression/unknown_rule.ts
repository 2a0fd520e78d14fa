let visits: number = 0;

async function visit() {
  const seen = visits;
  await null;
  // want-below unused-suppression
  // racewise: ignore[lost_update] -- one worker
  visits = seen + 1; // want lost-update: visits
}

await Promise.all([visit(), visit()]);
