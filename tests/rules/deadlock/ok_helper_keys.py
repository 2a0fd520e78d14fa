import asyncio


class Bank:
    def __init__(self, api):
        self._locks = {}
        self.api = api

    def _lock_for(self, name):
        return self._locks.setdefault(name, asyncio.Lock())

    async def move(self, source, target, n):
        if source > target:
            source, target = target, source
        async with self._lock_for(source):
            async with self._lock_for(target):
                await self.api.move(source, target, n)

    async def close(self, name, heir):
        first, second = sorted([name, heir])
        async with self._lock_for(first), self._lock_for(second):
            await self.api.close(name)
