type Folder = { id: string; name: string };

export async function names(ids: string[], find: (id: string) => Promise<Folder>): Promise<string[]> {
  const folders = new Map<string, Folder>();
  async function folderOf(id: string): Promise<Folder> {
    if (!folders.has(id)) {
      folders.set(id, await find(id)); // want check-then-act
    }
    return folders.get(id)!;
  }
  return Promise.all(ids.map(async (id) => (await folderOf(id)).name));
}
