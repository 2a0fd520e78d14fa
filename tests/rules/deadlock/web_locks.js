export async function sync(api) {
  await navigator.locks.request('store', async () => {
    await api.pull();
    await flush(api); // want deadlock
  });
}

async function flush(api) {
  await navigator.locks.request('store', async () => {
    await api.push();
  });
}
