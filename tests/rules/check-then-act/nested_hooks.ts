type Resolved = { id: string };

// The hooks of a plugin, in objects of an array that is returned: the bundler runs them side by side.
export function plugins(resolveId: (id: string) => Promise<Resolved>) {
  const seen = new Map<string, Resolved>();
  return [
    {
      name: 'resolve',
      resolveId: {
        async handler(id: string) {
          if (seen.has(id)) return seen.get(id);
          const resolved = await resolveId(id);
          seen.set(id, resolved); // want check-then-act
          return resolved;
        },
      },
    },
  ];
}
