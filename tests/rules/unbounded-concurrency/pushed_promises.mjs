import { readFile } from 'node:fs/promises';

async function load(path) {
  const text = await readFile(path, 'utf8');
  return JSON.parse(text);
}

export async function loadAll(paths) {
  const loading = [];
  for (const path of paths) {
    loading.push(load(path));
  }
  return Promise.all(loading); // want unbounded-concurrency: paths
}
