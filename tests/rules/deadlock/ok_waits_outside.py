import asyncio


class Report:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api
        self.parts = []
        self._tasks = set()

    async def _part(self, n):
        data = await self._api.get(n)
        async with self._lock:
            self.parts.append(data)

    async def build(self):
        async with self._lock:
            tasks = [asyncio.create_task(self._part(n)) for n in range(3)]
        await asyncio.gather(*tasks)
