// fix atomic-store
import Redis from "ioredis";

export class Votes {
	constructor(private readonly redis: Redis) {}

	async vote(poll: string): Promise<void> {
		// One more.
		const votes = Number((await this.redis.get(`votes:${poll}`)) ?? 0);
		await this.redis.set(`votes:${poll}`, votes + 1);
	}
}
