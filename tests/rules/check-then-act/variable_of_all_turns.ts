type Session = { get(key: string): Promise<string> };

// One session for all turns: each of the tasks opens its own.
export async function loadAll(keys: string[], open: () => Promise<Session>): Promise<string[]> {
  let session: Session | undefined;
  const pending: Promise<string>[] = [];
  for (const key of keys) {
    pending.push(
      (async () => {
        if (session === undefined) {
          session = await open(); // want check-then-act: session (high)
        }
        return session.get(key);
      })(),
    );
  }
  return Promise.all(pending);
}
