async function ready(): Promise<boolean> {
  return await Promise.resolve(true);
}

export function start() {
  void ready();
  const kind = typeof ready();
  ready()?.catch(() => undefined);
  return ready() instanceof Promise ? kind : undefined;
}
