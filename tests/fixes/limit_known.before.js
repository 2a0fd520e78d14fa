// fix limit-concurrency: urls
const waiting = [];

async function limited(work) {
  await new Promise((resolve) => { waiting.push(resolve); });
  return work();
}

export async function load(urls) {
  const loading = urls.map(async (url) => {
    const answer = await fetch(url);
    return answer.text();
  });
  return (await Promise.all(loading)).join();
}
