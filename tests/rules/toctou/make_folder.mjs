import fs from 'node:fs/promises';

export async function ensure(folder) {
  try {
    await fs.access(folder);
  } catch {
    await fs.mkdir(folder); // want toctou: folder (medium)
  }
}
