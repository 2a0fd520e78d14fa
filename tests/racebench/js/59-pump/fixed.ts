// Writes what is buffered whenever it is notified.
export class Pump {
  private wake?: () => void;
  buffered: string[] = [];
  written: string[] = [];

  constructor(private sink: { write(chunk: string): Promise<void> }) {}

  async run(): Promise<void> {
    for (;;) {
      if (this.buffered.length === 0) await new Promise<void>((resolve) => { this.wake = resolve; });
      const chunk = this.buffered.splice(0).join('');
      await this.sink.write(chunk);
      this.written.push(chunk);
    }
  }

  push(chunk: string): void {
    this.buffered.push(chunk);
    this.wake?.();
  }
}
