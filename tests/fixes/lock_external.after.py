# fix lock-external
"""Votes."""
import asyncio

from redis.asyncio import Redis


class Poll:
    def __init__(self, redis: Redis) -> None:
        self.redis = redis
        self._lock = asyncio.Lock()

    async def vote(self, key: str) -> int:
        async with self._lock:
            votes = int(await self.redis.get(key) or 0)
            votes += 1
            await self.redis.set(key, votes)
        return votes
