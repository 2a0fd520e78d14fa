import asyncio


class Bank:
    def __init__(self, api):
        self._locks = {}
        self.api = api

    def _lock_for(self, name):
        if name not in self._locks:
            self._locks[name] = asyncio.Lock()
        return self._locks[name]

    async def move(self, source, target, n):
        async with self._lock_for(source):
            await self.api.check(source)
            async with self._lock_for(target):  # want deadlock
                await self.api.move(source, target, n)
