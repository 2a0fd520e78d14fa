import asyncio


class Report:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api
        self.parts = []

    async def _part(self, n):
        data = await self._api.get(n)
        async with self._lock:
            self.parts.append(data)

    async def build(self):
        task = asyncio.create_task(self._part(0))
        async with self._lock:
            self.parts.clear()
            await task  # want deadlock: self._lock
