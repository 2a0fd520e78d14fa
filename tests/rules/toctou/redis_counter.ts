import Redis from 'ioredis';

export class Quota {
  constructor(private readonly redis: Redis, private readonly limit: number) {}

  private async used(user: string): Promise<number> {
    return Number((await this.redis.get(`quota:${user}`)) ?? 0);
  }

  async take(user: string): Promise<boolean> {
    const used = await this.used(user);
    if (used >= this.limit) return false;
    await this.redis.set(`quota:${user}`, used + 1); // want toctou
    return true;
  }
}
