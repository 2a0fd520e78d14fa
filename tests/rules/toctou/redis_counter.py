from redis.asyncio import Redis


class Votes:
    def __init__(self, redis: Redis):
        self._redis = redis

    async def vote(self, key):
        votes = int(await self._redis.get(key) or 0)
        await self._redis.set(key, votes + 1)  # want toctou
