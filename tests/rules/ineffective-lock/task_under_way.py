import asyncio


class Sync:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api
        self.cursor = 0

    async def _advance(self):
        cursor = self.cursor
        count = await self._api.pull(cursor)
        self.cursor = cursor + count

    async def run(self):
        work = asyncio.create_task(self._advance())
        async with self._lock:  # want ineffective-lock
            await work
