// Translates words; dictionaries are loaded on demand.
const WORDS: Record<string, string> = { de: 'Hund', fr: 'chien' };
let locale = 'en';

export async function translate(wanted: string, load: () => Promise<void>): Promise<string> {
  locale = wanted;
  await load();
  return WORDS[locale];
}
