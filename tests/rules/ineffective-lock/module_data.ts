import { Mutex } from 'async-mutex';

const quotas = new Map<string, number>();

export class Client {
  private readonly mutex = new Mutex();

  constructor(private readonly api: { call(): Promise<number> }) {}

  async use(key: string): Promise<void> {
    const release = await this.mutex.acquire(); // want ineffective-lock
    try {
      const left = quotas.get(key) ?? 10;
      const cost = await this.api.call();
      quotas.set(key, left - cost);
    } finally {
      release();
    }
  }
}

export async function handle(api: { call(): Promise<number> }, key: string): Promise<void> {
  const client = new Client(api);
  await client.use(key);
}
