import { Mutex } from 'async-mutex';

export class Client {
  private readonly mutex = new Mutex();
  private params: string[] = [];

  constructor(private readonly send: (params: string[]) => Promise<string>) {}

  query(params: string[], connect: () => Promise<void>): Promise<string> {
    return this.mutex.runExclusive(async () => {
      this.params = params;
      await connect();
      return this.send(this.params);
    });
  }
}
