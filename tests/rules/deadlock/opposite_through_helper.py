import asyncio


class Store:
    def __init__(self, api):
        self.stock = asyncio.Lock()
        self.orders = asyncio.Lock()
        self.api = api

    async def _reserve(self):
        async with self.stock:
            await self.api.reserve()

    async def order(self):
        async with self.orders:
            await self._reserve()  # want deadlock

    async def restock(self):
        async with self.stock:
            async with self.orders:
                await self.api.fill()
