# fix atomic-store
from redis.asyncio import Redis


class Jobs:
    def __init__(self, redis: Redis, worker: str) -> None:
        self._redis = redis
        self._worker = worker

    async def claim(self, job: str) -> bool:
        if not await self._redis.set(f"job:{job}", self._worker, ex=60, nx=True):
            return False
        # mine
        return True
