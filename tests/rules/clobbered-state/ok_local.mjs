let locale = 'en';

export async function render(next, load) {
  locale = next;
  const own = locale;
  await load(own);
  return `page in ${own}`;
}

export function now() {
  return locale;
}
