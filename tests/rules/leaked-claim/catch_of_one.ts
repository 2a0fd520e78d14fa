export class NotFound extends Error {}

export class Loader {
  private loading = false;

  constructor(private readonly load: (name: string) => Promise<void>) {}

  async open(name: string): Promise<void> {
    if (this.loading) return;
    this.loading = true; // want leaked-claim: this.loading
    try {
      await this.load(name);
      this.loading = false;
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      this.loading = false;
    }
  }
}
