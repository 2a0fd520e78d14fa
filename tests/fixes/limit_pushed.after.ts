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

const MAX_CONCURRENT = 10;
const waiting: (() => void)[] = [];
let running2 = 0;

/** Does the work as soon as fewer than `MAX_CONCURRENT` others are under way. */
async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running2 < MAX_CONCURRENT) running2 += 1;
  else await new Promise<void>((resolve) => { waiting.push(resolve); });
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running2 -= 1;
  }
}

export async function loadAll(paths: string[]): Promise<number[]> {
  const loading: Promise<number>[] = [];
  for (const path of paths) {
    loading.push(limited(() => load(path))); // one more
  }
  return Promise.all(loading);
}

await loadAll(Array.from({ length: 30 }, (_, i) => `Käse ${i}`));
console.log(most);
