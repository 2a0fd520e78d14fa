// Taking an index and moving on is one step: no two workers get the same job.
let next = 0;

async function worker(jobs, results) {
  while (next < jobs.length) {
    const index = next++;
    results[index] = await jobs[index]();
  }
}

async function main() {
  const jobs = [1, 2, 3, 4].map((number) => async () => number * number);
  const results = [];
  await Promise.all([worker(jobs, results), worker(jobs, results)]);
  console.log(results);
}

void main();
