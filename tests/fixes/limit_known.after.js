// fix limit-concurrency: urls
const waiting = [];

async function limited(work) {
  await new Promise((resolve) => { waiting.push(resolve); });
  return work();
}

export async function load(urls) {
  const loading = urls.map((url) => limited(async () => {
    const answer = await fetch(url);
    return answer.text();
  }));
  return (await Promise.all(loading)).join();
}
