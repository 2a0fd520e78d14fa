export class Indexer {
  private running = false;

  constructor(private readonly build: () => Promise<void>) {}

  async start(): Promise<boolean> {
    if (this.running) return false;
    this.running = true; // want leaked-claim: this.running
    await this.build();
    this.running = false;
    return true;
  }
}
