const jobs = [];
let wake;

async function handle(job) {
  await fetch(job);
}

async function worker() {
  while (true) {
    await new Promise((resolve) => { wake = resolve; }); // want lost-wakeup: wake
    for (const job of jobs.splice(0)) await handle(job); // suspension
  }
}

function submit(job) {
  jobs.push(job);
  wake(); // conflict
}

worker();
setInterval(() => submit("/a"), 10);
setInterval(() => submit("/b"), 10);
