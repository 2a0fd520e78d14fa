// Objects that the activation makes itself, however many closures hold them.
class Sprite {
  width = 0;
  height = 0;
  onComplete: () => void = () => {};

  loaded(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 200));
  }

  play(): void {
    this.onComplete();
  }
}

export async function scene(): Promise<number> {
  const hero = new Sprite();
  const villain = new Sprite();
  await Promise.all([hero.loaded(), villain.loaded()]);
  hero.width = 100;
  hero.onComplete = () => {
    hero.height = 200;
  };
  hero.play();
  villain.width += hero.width;
  return villain.width;
}

export async function merged(load: () => Promise<{ tag: string }[]>): Promise<string[]> {
  const list = [{ tag: 'a' }, { tag: 'b' }];
  const options: { tags: string[]; count?: number } = { tags: [] };
  for (const item of list) options.tags.push(item.tag);
  const others = await load();
  for (const item of list) {
    const match = others.find((other) => other.tag === item.tag);
    if (match) options.tags.push(match.tag);
  }
  options.count = options.tags.length;
  return options.tags;
}

export async function records(load: () => Promise<string[]>, use: (get: () => string[]) => void): Promise<void> {
  let found: string[] = [];
  found = await load();
  use(() => found);
}
