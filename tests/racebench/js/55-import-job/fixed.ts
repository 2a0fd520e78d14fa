// Imports a feed; only one import runs at a time.
let importing = false;
export const imported: string[] = [];

export async function runImport(fetchRow: () => Promise<string>): Promise<boolean> {
  if (importing) return false;
  importing = true;
  try {
    imported.push(await fetchRow());
  } finally {
    importing = false;
  }
  return true;
}
