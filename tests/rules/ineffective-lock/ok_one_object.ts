import { Mutex } from "async-mutex";

const rates = new Map<string, number>();

class RateTable {
  private readonly mutex = new Mutex();

  async rate(code: string, fetchRate: (code: string) => Promise<number>): Promise<number> {
    return this.mutex.runExclusive(async () => {
      if (!rates.has(code)) {
        rates.set(code, await fetchRate(code));
      }
      return rates.get(code)!;
    });
  }
}

export const table = new RateTable();
