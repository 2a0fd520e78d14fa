// What a local variable was given across an await decides what a parameter's field gets: nobody else can change either.
interface Note {
  path: string;
  metadata: { created: Date };
}

export async function stamp(note: Note, stat: (path: string) => Promise<{ birthtime: Date } | undefined>) {
  let found;
  if (!found) found = await stat(note.path);
  note.metadata.created = found ? found.birthtime : new Date();
}
