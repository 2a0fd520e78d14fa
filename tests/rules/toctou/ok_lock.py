import asyncio

from redis.asyncio import Redis


class Counter:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._lock = asyncio.Lock()

    async def hit(self, page: str) -> None:
        async with self._lock:
            hits = int(await self._redis.get(page) or 0)
            await self._redis.set(page, hits + 1)

    async def hit_anywhere(self, page: str) -> None:
        async with self._redis.lock(f"lock:{page}"):
            hits = int(await self._redis.get(page) or 0)
            await self._redis.set(page, hits + 1)
