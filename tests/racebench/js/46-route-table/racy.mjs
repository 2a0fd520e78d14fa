// Routes of a gateway, reloaded from a registry.
let fetchRow = async (prefix) => prefix;
export function useRegistry(fn) { fetchRow = fn; }

const PREFIXES = ['/shop', '/blog', '/mail'];
const routes = new Map(PREFIXES.map((prefix) => [prefix, prefix]));

export async function reload() {
  routes.clear();
  for (const prefix of PREFIXES) {
    routes.set(prefix, await fetchRow(prefix));
  }
}

export async function resolve(prefix) {
  return routes.get(prefix) ?? null;
}
