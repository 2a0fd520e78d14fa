type Job = { id: string };

// Of a stack, what comes meanwhile is taken away instead.
export class Stack {
  private readonly jobs: Job[] = [];

  constructor(private readonly work: (job: Job) => Promise<void>) {}

  push(job: Job): void {
    this.jobs.push(job);
  }

  async step(): Promise<void> {
    if (this.jobs.length > 0) {
      await this.work(this.jobs[this.jobs.length - 1]);
      this.jobs.pop(); // want check-then-act: this.jobs
    }
  }
}
