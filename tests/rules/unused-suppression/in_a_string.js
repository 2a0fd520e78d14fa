let visits = 0;

async function visit() {
  const seen = visits;
  await null;
  visits = seen + 1; const note = "// racewise: ignore[lost-update] -- text"; // want lost-update: visits
  const page = `
  // racewise: ignore[lost-update] -- text
  /* racewise: ignore[lost-update] -- text */`;
}

await Promise.all([visit(), visit()]);
