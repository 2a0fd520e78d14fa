type Folder = { id: string; name: string };
type Entry = { folder: string; title: string };

// Two calls of copyAll run at the same time, but each has a cache of its own and fills it in turn.
async function copyAll(entries: Entry[], find: (id: string) => Promise<Folder>): Promise<string[]> {
  const folders = new Map<string, Folder>();
  async function folderOf(id: string): Promise<Folder> {
    if (!folders.has(id)) {
      folders.set(id, await find(id));
    }
    return folders.get(id)!;
  }
  const titles: string[] = [];
  for (const entry of entries) {
    titles.push(`${(await folderOf(entry.folder)).name}/${entry.title}`);
  }
  return titles;
}

export async function both(entries: Entry[], find: (id: string) => Promise<Folder>) {
  return Promise.all([copyAll(entries, find), copyAll(entries.slice(1), find)]);
}

export function later(entries: Entry[], find: (id: string) => Promise<Folder>) {
  return copyAll(entries, find);
}
