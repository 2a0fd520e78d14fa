# fix atomic-store
from redis.asyncio import Redis


class Jobs:
    def __init__(self, redis: Redis, worker: str) -> None:
        self._redis = redis
        self._worker = worker

    async def claim(self, job: str) -> bool:
        if await self._redis.get(f"job:{job}") is not None:
            return False
        await self._redis.set(f"job:{job}", self._worker, ex=60)  # mine
        return True
