import { access, mkdir } from 'node:fs/promises';

async function exists(path) {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

export async function ensure(folder) {
  if (!(await exists(folder))) {
    await mkdir(folder, { recursive: true });
  }
}
