const workers = [];

export function add(worker) {
  workers.push(worker);
}

export function remove(worker) {
  workers.splice(workers.indexOf(worker), 1);
}

export async function stopAll() {
  for (const worker of workers) { // want iterate-across-await: workers
    await worker.stop();
  }
}
