import { Mutex } from "async-mutex";
export class Node {
  private readonly mutex = new Mutex();
  private n = 0;
  constructor(private readonly parent?: Node) {}
  async bump(io: () => Promise<void>): Promise<void> {
    await this.mutex.runExclusive(async () => {
      await io();
      this.n += 1;
      await this.parent?.bump(io);
    });
  }
}
