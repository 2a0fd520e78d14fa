type Visit = (name: string) => void;

export async function walk(text: string, visit: Visit): Promise<void> {
  const { parse } = await import('./parser');
  const each = (names: string[]) => names.forEach((name) => visit(name));
  each(parse(text));
}

// The list is filled while the walk is waited for, and only then gone through.
export async function resolveAll(text: string, resolve: (name: string) => Promise<string>): Promise<string[]> {
  const names: string[] = [];
  const found: string[] = [];
  await walk(text, (name) => {
    names.push(name);
  });
  for (const name of names) {
    found.push(await resolve(name));
  }
  return found;
}
