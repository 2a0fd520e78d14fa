import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export async function total(folder) {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size)); // want unbounded-concurrency: names
  return sizes.reduce((sum, size) => sum + size, 0);
}
