from redis.asyncio import Redis


class Jobs:
    def __init__(self, redis: Redis) -> None:
        self._redis = redis

    async def claim(self, job: str, worker: str) -> bool:
        owner = await self._redis.get(f"job:{job}")
        if owner is not None:
            return False
        return bool(await self._redis.set(f"job:{job}", worker, nx=True, ex=60))

    async def report(self, job: str) -> None:
        state = await self._redis.get(f"state:{job}")
        await self._redis.set(f"seen:{job}", state)
        await self._redis.incr("reports")
