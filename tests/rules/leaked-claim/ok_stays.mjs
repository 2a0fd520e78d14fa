let started = false;

export async function start(listen) {
  if (started) return;
  started = true;
  await listen();
}
