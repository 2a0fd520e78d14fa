import pLimit from 'p-limit';

const limit = pLimit(1);

export async function load(api, id) {
  return limit(async () => {
    const row = await api.get(id);
    return expand(api, row); // want deadlock
  });
}

async function expand(api, row) {
  return limit(() => api.expand(row));
}
