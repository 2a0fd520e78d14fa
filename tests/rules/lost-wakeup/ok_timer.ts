export class Checker {
  private stop?: () => void;
  private closing = false;

  async run(): Promise<void> {
    while (!this.closing) {
      await fetch("/check");
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        this.stop = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.closing = true;
    this.stop?.();
  }
}
