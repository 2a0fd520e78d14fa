from redis.asyncio import Redis


class Jobs:
    def __init__(self, redis: Redis, worker: str) -> None:
        self._redis = redis
        self._worker = worker

    def _key(self, job: str) -> str:
        return f"job:{job}:owner"

    async def _owner(self, job: str):
        return await self._redis.get(self._key(job))

    async def _take(self, job: str) -> None:
        await self._redis.set(self._key(job), self._worker, ex=60)

    async def claim(self, job: str) -> bool:
        if await self._owner(job) is not None:
            return False
        await self._take(job)  # want toctou
        return True
