// fix limit-concurrency: urls
const waiting = [];
let free = 5;

async function limited(work) {
  while (!free) await new Promise((resolve) => { waiting.push(resolve); });
  free -= 1;
  return work().finally(() => { free += 1; waiting.shift()?.(); });
}

export async function load(urls) {
  const loading = urls.map((url) => limited(async () => {
    const answer = await fetch(url);
    return answer.text();
  }));
  return (await Promise.all(loading)).join();
}
