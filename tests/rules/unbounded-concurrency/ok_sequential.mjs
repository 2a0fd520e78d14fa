export async function loadAll(urls) {
  const responses = [];
  for (const url of urls) {
    responses.push(await fetch(url));
  }
  return Promise.all(responses.map(async (response) => response.headers.get('etag')));
}
