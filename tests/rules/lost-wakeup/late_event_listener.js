export async function load(prepare) {
  const worker = new Worker("worker.js");
  worker.addEventListener("error", console.error);
  await prepare();
  worker.addEventListener("message", console.log); // want lost-wakeup
}
