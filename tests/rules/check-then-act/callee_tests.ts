type Resolved = { id: string } | null;

// The second call tests the cache by itself: what the first one found is of no account any more.
export function resolver(resolveId: (id: string) => Promise<Resolved>, external: (id: string) => boolean) {
  const seen = new Map<string, Resolved>();
  async function resolve(id: string): Promise<Resolved> {
    if (seen.has(id)) return seen.get(id)!;
    const resolved = await resolveId(id);
    seen.set(id, resolved); // want check-then-act
    return resolved;
  }
  return async function load(id: string, fallback: string) {
    const resolved = await resolve(id);
    if (resolved && external(resolved.id)) return null;
    return resolve(fallback);
  };
}
