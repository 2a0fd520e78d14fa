export class Journal {
  private queue: Promise<unknown> = Promise.resolve();
  private lines: string[] = [];

  constructor(private readonly disk: { write(lines: string[]): Promise<void> }) {}

  append(line: string): Promise<unknown> {
    this.queue = this.queue.then(async () => {
      const lines = [...this.lines, line];
      await this.disk.write(lines);
      this.lines = lines;
    });
    return this.queue;
  }

  async truncate(count: number): Promise<void> {
    const kept = this.lines.slice(-count);
    await this.disk.write(kept);
    this.lines = kept; // want inconsistent-lock: this.lines (medium)
  }
}
