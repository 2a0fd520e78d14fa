export async function sync(api) {
  await navigator.locks.request('outer', async () => {
    await api.pull();
    await navigator.locks.request('inner', async () => {
      await api.push();
    });
  });
}
