import asyncio


class Index:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.names = []

    async def _add(self, name):
        await asyncio.sleep(0)
        self.names.append(name)

    async def add(self, name):
        async with self._lock:
            await self._add(name)

    async def rebuild(self, names):
        async with self._lock:
            self.names.clear()
            for name in names:
                await self._add(name)
