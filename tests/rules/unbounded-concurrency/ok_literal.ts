const SOURCES = ['news', 'events', 'jobs'] as const;

export async function home() {
  const answers = await Promise.all(SOURCES.map((source) => fetch(`/api/${source}`)));
  const [user, settings] = await Promise.all(['user', 'settings'].map((part) => fetch(`/api/${part}`)));
  return { answers, user, settings };
}
