# fix atomic-store
# prints [False, True]
import asyncio
import sys
import types


class Store:
    """What stands for a server."""

    def __init__(self):
        self.values = {}

    async def get(self, key):
        await asyncio.sleep(0)
        return self.values.get(key)

    async def set(self, key, value, nx=False):
        await asyncio.sleep(0)
        if nx and key in self.values:
            return None
        self.values[key] = value
        return True


sys.modules["redis"] = types.ModuleType("redis")
sys.modules["redis.asyncio"] = sys.modules["redis"].asyncio = types.ModuleType("redis.asyncio")
sys.modules["redis.asyncio"].Redis = Store

from redis.asyncio import Redis  # noqa: E402


async def claim(store: Redis, job, worker):
    if await store.set(job, worker, nx=True):
        return True
    return False


async def main():
    store = Redis()
    print(sorted(await asyncio.gather(claim(store, "a", 1), claim(store, "a", 2))))


asyncio.run(main())
