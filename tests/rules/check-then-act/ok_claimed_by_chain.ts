type Raw = { close(): void };

// All of it runs under the promise that is stored, until it is taken away.
export class Connection {
  private raw: Raw | undefined;
  private connecting: Promise<void> | undefined;

  constructor(private readonly create: (previous: Raw | undefined) => Promise<Raw>) {}

  connect(): Promise<void> {
    if (this.connecting) return this.connecting;
    this.connecting = (async () => {
      if (!this.raw) {
        this.raw = await this.create(undefined);
      }
    })().finally(() => {
      this.connecting = undefined;
    });
    return this.connecting;
  }
}
