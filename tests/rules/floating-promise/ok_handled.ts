declare const log: (error: unknown) => void;

declare const worker: { parse(url: string): Promise<Response> };

async function load(url: string) {
  return await worker.parse(url);
}

export class View {
  private pending?: Promise<Response>;

  open(url: string) {
    load(url).catch(log);
    load(url).then(() => this.show(), log);
    load(url).then(() => this.show()).catch(log).finally(() => this.hide());
    load(url).catch(log).then(() => this.hide());
    void load(url);
    this.pending = load(url);
  }

  show() {}
  hide() {}

  async all(urls: string[]) {
    await load(urls[0]);
    const rest = urls.map((url) => load(url));
    await Promise.all(rest);
    const [first, second] = [load(urls[0]), load(urls[1])];
    await first;
    await second;
    return load(urls[2]);
  }

  each(urls: string[]) {
    return Promise.all(urls.map(load));
  }
}
