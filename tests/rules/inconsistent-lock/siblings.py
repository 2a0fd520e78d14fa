import asyncio


class Stock:
    def __init__(self, api):
        self._api = api
        self._lock = asyncio.Lock()
        self.level = 0

    async def _fill(self, n):
        level = self.level
        await self._api.move(n)
        self.level = level + n  # want lost-update: self.level (high)

    async def refill(self):
        async with self._lock:
            await asyncio.gather(self._fill(1), self._fill(2))
