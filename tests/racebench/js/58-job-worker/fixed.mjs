// A worker that is woken when jobs arrive.
const jobs = [];
export const done = [];
let wake = () => {};

export async function work(handle) {
  while (true) {
    while (jobs.length === 0) await new Promise((resolve) => { wake = resolve; });
    for (const job of jobs.splice(0)) {
      await handle(job);
      done.push(job);
    }
  }
}

export function submit(job) {
  jobs.push(job);
  wake();
}
