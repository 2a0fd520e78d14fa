// fix atomic-call
import * as fs from "node:fs/promises";

export async function ensure(folder: string): Promise<void> {
  try { await fs.access(folder); } catch { await fs.mkdir(folder, { recursive: true, mode: 0o700 }); }
}
