let visits = 0;

async function visit() {
  const seen = visits;
  await null;
  visits = seen + 1; /* racewise: ignore[stale-response, lost-update] -- one worker */ // want unused-suppression
}

await Promise.all([visit(), visit()]);
