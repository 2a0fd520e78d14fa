import asyncio
from contextlib import asynccontextmanager


class Index:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api

    @asynccontextmanager
    async def _exclusive(self):
        async with self._lock:
            yield

    async def rebuild(self):
        async with self._exclusive():
            await self._api.clear()
            await self.write(1)  # want deadlock: self._lock

    async def write(self, part):
        async with self._exclusive():
            await self._api.put(part)
