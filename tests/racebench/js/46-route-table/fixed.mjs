// Routes of a gateway, reloaded from a registry.
let fetchRow = async (prefix) => prefix;
export function useRegistry(fn) { fetchRow = fn; }

const PREFIXES = ['/shop', '/blog', '/mail'];
const routes = new Map(PREFIXES.map((prefix) => [prefix, prefix]));

export async function reload() {
  const rows = [];
  for (const prefix of PREFIXES) {
    rows.push([prefix, await fetchRow(prefix)]);
  }
  routes.clear();
  for (const [prefix, address] of rows) routes.set(prefix, address);
}

export async function resolve(prefix) {
  return routes.get(prefix) ?? null;
}
