import { Mutex } from "async-mutex";
export class Doc {
  readonly mutex = new Mutex();
  text = "";
  async copyFrom(other: Doc, io: () => Promise<void>): Promise<void> {
    const text = await other.mutex.runExclusive(async () => {
      await io();
      return other.text;
    });
    await this.mutex.runExclusive(async () => {
      await io();
      this.text = text;
    });
  }
}
