from redis.asyncio import Redis


class Votes:
    def __init__(self, redis: Redis):
        self._redis = redis

    async def announce(self, name):
        title = await self._redis.get(f"title:{name}")
        await self._redis.set(f"last:{name}", title)
