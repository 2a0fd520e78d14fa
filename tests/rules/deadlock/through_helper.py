import asyncio


class Index:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.names = []

    async def add(self, name):
        async with self._lock:
            self.names.append(name)

    async def _add_all(self, names):
        for name in names:
            await self.add(name)

    async def rebuild(self, names):
        async with self._lock:
            self.names.clear()
            await self._add_all(names)  # want deadlock: self._lock (high)
