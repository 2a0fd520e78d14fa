type Job = { id: string };

// The first is looked at, and taken away when it is done; what comes meanwhile is put at the end.
export class Downloads {
  private readonly queue: Job[] = [];
  private running = false;

  constructor(private readonly fetchOne: (job: Job) => Promise<void>) {}

  add(job: Job): void {
    this.queue.push(job);
    void this.loop().catch(console.error);
  }

  private async loop(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (this.queue.length > 0) {
        await this.fetchOne(this.queue[0]);
        this.queue.shift();
      }
    } finally {
      this.running = false;
    }
  }
}
