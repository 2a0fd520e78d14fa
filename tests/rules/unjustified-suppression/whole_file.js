// want-below unjustified-suppression
/* racewise: ignore-file[lost-update] */
let visits = 0;

async function visit() {
  const seen = visits;
  await null;
  visits = seen + 1;
}

await Promise.all([visit(), visit()]);
