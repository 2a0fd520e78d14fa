const jobs = [];
let wake;

async function worker() {
  while (true) {
    if (jobs.length === 0) await new Promise((resolve) => { wake = resolve; });
    for (const job of jobs.splice(0)) await fetch(job);
  }
}

async function patient() {
  for (;;) {
    while (!jobs.length) await new Promise((resolve) => (wake = resolve));
    await fetch(jobs.shift());
  }
}

function submit(job) {
  jobs.push(job);
  wake?.();
}

worker();
patient();
setInterval(() => submit("/a"), 10);
