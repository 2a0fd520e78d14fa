// The list is declared once, but emptied while others read it.
export async function watch(load: () => AsyncIterable<string>, show: (names: string[]) => void) {
  let names: string[] = [];
  setInterval(() => show(names), 1000);
  for (;;) {
    names = [];
    for await (const name of load()) names.push(name); // want torn-update: names
  }
}
