import { access, mkdir } from 'node:fs/promises';

export async function ensure(folder: string) {
  try {
    await access(folder);
  } catch {
    try {
      await mkdir(folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
