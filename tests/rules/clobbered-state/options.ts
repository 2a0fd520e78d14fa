interface Options {
  depth: number;
}

export class Walker {
  options: Options = { depth: 1 };

  constructor(private readonly list: (path: string) => Promise<string[]>) {}

  async walk(path: string, options: Options): Promise<string[]> {
    this.options = options;
    const names = await this.list(path);
    return names.slice(0, this.options.depth); // want clobbered-state: this.options
  }
}
