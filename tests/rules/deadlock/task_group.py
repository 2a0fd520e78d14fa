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
        async with self._lock:
            async with asyncio.TaskGroup() as group:
                for n in range(3):
                    group.create_task(self._part(n))  # want deadlock: self._lock
            return self.parts
