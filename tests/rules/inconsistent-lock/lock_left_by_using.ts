// The lock ends with the block, the update after it.
import { Mutex } from "async-mutex";

const mutex = new Mutex();

export class Counter {
  private count = 0;

  async inside(): Promise<void> {
    await using guard = await mutex.acquire();
    const before = this.count;
    await fetch("https://example.org/count");
    this.count = before + 1;
  }

  async outside(): Promise<void> {
    let before = 0;
    {
      await using guard = await mutex.acquire();
      before = this.count;
    }
    await fetch("https://example.org/count");
    this.count = before + 1; // want inconsistent-lock: this.count (medium)
  }
}
