type Source = AsyncIterable<Uint8Array>;

// Nobody sees the collection before it is complete.
export async function buffered(source: Source): Promise<AsyncIterable<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) {
    chunks.push(chunk);
  }
  return {
    async *[Symbol.asyncIterator]() {
      yield* chunks;
    },
  };
}

export async function inPages(fetchPage: (page: number) => Promise<string[]>, report: (names: string[]) => void) {
  const names: string[] = [];
  for (let page = 0; page < 3; page++) {
    const found: string[] = [];
    (await fetchPage(page)).forEach((name) => found.push(name));
    names.push(...found);
  }
  setTimeout(() => report(names), 0);
}
