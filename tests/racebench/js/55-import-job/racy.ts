// Imports a feed; only one import runs at a time.
let importing = false;
export const imported: string[] = [];

export async function runImport(fetchRow: () => Promise<string>): Promise<boolean> {
  if (importing) return false;
  importing = true;
  imported.push(await fetchRow());
  importing = false;
  return true;
}
