import asyncio


class Cart:
    def __init__(self, prices):
        self._lock = asyncio.Lock()
        self._prices = prices
        self.total = 0

    async def add(self, item):
        await self._lock.acquire()
        try:
            total = self.total
            price = await self._prices.get_price(item)
            self.total = total + price
        finally:
            self._lock.release()

    async def clear(self):
        async with self._lock:
            self.total = self.total - 1
