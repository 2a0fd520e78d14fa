// open() does nothing while the pool is open, and it stays open until close() is done; close() lets nobody in twice.
export class Pool {
  private isOpen = false;
  private isClosing = false;

  constructor(private readonly drain: () => Promise<void>) {}

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
  }

  async close(): Promise<void> {
    if (this.isClosing || !this.isOpen) return;
    this.isClosing = true;
    try {
      await this.drain();
    } finally {
      this.isClosing = false;
      this.isOpen = false;
    }
  }
}
