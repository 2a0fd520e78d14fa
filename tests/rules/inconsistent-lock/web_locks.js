let total = 0;

export async function add(store, n) {
  await navigator.locks.request('total', async () => {
    const before = total;
    await store.put(n);
    total = before + n;
  });
}

export function take(n) {
  total -= n; // want inconsistent-lock: total (medium)
}
