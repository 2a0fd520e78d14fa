from redis.asyncio import Redis


class Votes:
    def __init__(self, redis: Redis):
        self._redis = redis

    async def _load(self, key):
        return int(await self._redis.get(key) or 0)

    async def _save(self, key, votes):
        await self._redis.set(key, votes)

    async def vote(self, key):
        votes = await self._load(key) + 1
        await self._save(key, votes)  # want toctou
