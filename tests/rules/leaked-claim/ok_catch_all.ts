export class Indexer {
  private running = false;

  constructor(
    private readonly build: () => Promise<void>,
    private readonly log: (error: unknown) => void,
  ) {}

  async start(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await this.build();
    } catch (error) {
      this.log(error);
    }
    this.running = false;
  }
}
