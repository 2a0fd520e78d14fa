// Feature flags of a web page.
const enabled: Set<string> = new Set(['dark-mode', 'beta']);

type Load = () => Promise<string[]>;

export async function sync(load: Load): Promise<void> {
  enabled.clear();
  for (const name of await load()) {
    enabled.add(name);
  }
}

export async function isEnabled(name: string): Promise<boolean> {
  return enabled.has(name);
}
