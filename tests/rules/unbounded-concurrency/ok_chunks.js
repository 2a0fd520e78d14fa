const SIZE = 20;

async function loadAll(urls) {
  const responses = [];
  for (let start = 0; start < urls.length; start += SIZE) {
    responses.push(...(await Promise.all(urls.slice(start, start + SIZE).map((url) => fetch(url)))));
  }
  return responses;
}

module.exports = { loadAll };
