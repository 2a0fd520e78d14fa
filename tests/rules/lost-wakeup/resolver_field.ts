export class Pump {
  private wake?: () => void;
  private closed = false;

  async run(): Promise<void> {
    while (!this.closed) {
      await new Promise<void>((resolve) => (this.wake = resolve)); // want lost-wakeup: this.wake
      await this.flush();
    }
  }

  notify(): void {
    this.wake?.();
  }

  private async flush(): Promise<void> {
    await fetch("/flush");
  }
}
