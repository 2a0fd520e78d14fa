import asyncio


class Cart:
    def __init__(self, prices):
        self._lock = asyncio.Lock()
        self._prices = prices
        self.total = 0

    async def _apply(self, item):
        total = self.total
        price = await self._prices.get_price(item)
        self.total = total + price  # want inconsistent-lock: self.total (medium)

    async def add(self, item):
        async with self._lock:
            await self._apply(item)

    async def add_many(self, items):
        async with self._lock:
            for item in items:
                await self._apply(item)

    async def gift(self, item):
        await self._apply(item)
