let locale = 'en';

export async function render(next: string, load: (name: string) => Promise<void>): Promise<string> {
  locale = next;
  await load(next);
  return `page in ${locale}`; // want clobbered-state: locale
}
