// fix limit-concurrency
const fetched = [];

const MAX_CONCURRENT = 10;
const waiting = [];
let running = 0;

/** Does the work as soon as fewer than `MAX_CONCURRENT` others are under way. */
async function limited(work) {
  if (running < MAX_CONCURRENT) running += 1;
  else await new Promise((resolve) => { waiting.push(resolve); });
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

async function load(urls) {
  return Promise.all(
    urls.map((url) => limited(async () => {
      fetched.push(await fetch(url));
    })),
  );
}

module.exports = { load };
