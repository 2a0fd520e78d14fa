import asyncio
from contextlib import AsyncExitStack


class Accounts:
    def __init__(self, api):
        self.locks = {}
        self.api = api

    async def all_of(self, keys):
        taken = []
        try:
            for key in sorted(keys):
                lock = self.locks.setdefault(key, asyncio.Lock())
                await lock.acquire()
                taken.append(lock)
            await self.api.go()
        finally:
            for lock in taken:
                lock.release()

    async def stacked(self, keys):
        async with AsyncExitStack() as stack:
            for key in sorted(keys):
                await stack.enter_async_context(self.locks[key])
            await self.api.go()
