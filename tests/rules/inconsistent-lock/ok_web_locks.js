let total = 0;

export async function add(store, n) {
  await navigator.locks.request('total', async () => {
    const before = total;
    await store.put(n);
    total = before + n;
  });
}

export async function take(store, n) {
  await navigator.locks.request('total', { mode: 'exclusive' }, async (held) => {
    const before = total;
    await store.put(n);
    total = before - n;
  });
}
