import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';

export async function ensure(folder) {
  if (!existsSync(folder)) {
    await mkdir(folder, { recursive: true });
  }
  await writeFile(`${folder}/.keep`, '', { flag: 'wx' });
}
