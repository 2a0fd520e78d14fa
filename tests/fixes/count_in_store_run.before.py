# fix atomic-store
# prints 2
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
        self.values[key] = value

    async def incr(self, key):
        await asyncio.sleep(0)
        self.values[key] = self.values.get(key, 0) + 1
        return self.values[key]


sys.modules["redis"] = types.ModuleType("redis")
sys.modules["redis.asyncio"] = sys.modules["redis"].asyncio = types.ModuleType("redis.asyncio")
sys.modules["redis.asyncio"].Redis = Store

from redis.asyncio import Redis  # noqa: E402


async def vote(store: Redis, poll):
    votes = int(await store.get(poll) or 0)
    await store.set(poll, votes + 1)
    return votes + 1


async def main():
    store = Redis()
    print(max(await asyncio.gather(vote(store, "tea"), vote(store, "tea"))))


asyncio.run(main())
