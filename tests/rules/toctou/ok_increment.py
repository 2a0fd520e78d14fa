from redis.asyncio import Redis


class Votes:
    def __init__(self, redis: Redis):
        self._redis = redis

    async def vote(self, key):
        return await self._redis.incr(key)
