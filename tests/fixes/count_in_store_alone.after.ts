// fix atomic-store
import Redis from "ioredis";

export class Votes {
	constructor(private readonly redis: Redis) {}

	async vote(poll: string): Promise<void> {
		// One more.
		await this.redis.incr(`votes:${poll}`);
	}
}
