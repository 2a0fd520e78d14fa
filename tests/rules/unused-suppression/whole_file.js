// want-below unused-suppression
// racewise: ignore-file[lost-update] -- a demonstration
let visits = 0;

async function visit() {
  await null;
  const seen = visits;
  visits = seen + 1;
}

await Promise.all([visit(), visit()]);
