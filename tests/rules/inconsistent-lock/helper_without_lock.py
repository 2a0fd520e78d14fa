import asyncio


class Cart:
    def __init__(self):
        self._lock = asyncio.Lock()
        self._total = 0

    async def _add(self, price):
        total = self._total
        await asyncio.sleep(0)
        self._total = total + price  # want inconsistent-lock: self._total (high)

    async def add(self, price):
        async with self._lock:
            await self._add(price)

    async def add_gift(self):
        await self._add(0)


async def main():
    cart = Cart()
    await asyncio.gather(cart.add(3), cart.add_gift(), cart.add(4))
    print(cart._total)


asyncio.run(main())
