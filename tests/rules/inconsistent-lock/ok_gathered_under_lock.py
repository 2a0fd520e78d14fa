import asyncio


class Stock:
    def __init__(self, api):
        self._api = api
        self._lock = asyncio.Lock()
        self.level = 0

    async def _fill(self, n):
        await self._api.move(n)
        self.level += n

    async def refill(self):
        async with self._lock:
            await asyncio.gather(self._fill(1), self._fill(2))

    async def take(self, n):
        async with self._lock:
            if self.level >= n:
                await self._api.ship(n)
                self.level -= n
