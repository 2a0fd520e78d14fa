const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function blink(lamps) {
  await Promise.all(lamps.map(async (lamp) => {
    lamp.on = true;
    await sleep(100);
    lamp.on = false;
  }));
}
