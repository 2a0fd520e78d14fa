# fix lock-external
"""Votes."""
from redis.asyncio import Redis


class Poll:
    def __init__(self, redis: Redis) -> None:
        self.redis = redis

    async def vote(self, key: str) -> int:
        votes = int(await self.redis.get(key) or 0)
        votes += 1
        await self.redis.set(key, votes)
        return votes
