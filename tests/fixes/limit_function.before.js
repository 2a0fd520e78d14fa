// fix limit-concurrency
const fetched = [];

async function load(urls) {
  return Promise.all(
    urls.map(async function (url) {
      fetched.push(await fetch(url));
    }),
  );
}

module.exports = { load };
