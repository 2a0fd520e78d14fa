export async function load(ids) {
  return Promise.all(ids.map((id) => fetch(`/items/${id}`).then((response) => response.json()))); // want unbounded-concurrency: ids
}
