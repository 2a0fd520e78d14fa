import asyncio


class Index:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api

    async def rebuild(self):
        async with self._lock:
            for part in range(3):
                await self.write(part)  # want deadlock: self._lock

    async def write(self, part):
        async with self._lock:
            await self._api.put(part)
