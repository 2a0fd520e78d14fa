# fix wrap-in-lock: self.total
# prints 6
import asyncio


class Cart:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.total = 0

    async def _put(self, n):
        total = self.total
        print("", total, end="\r")
        await asyncio.sleep(0)
        self.total = total + n

    async def add(self, n):
        async with self.lock:
            await self._put(n)

    async def load(self, ns):
        for n in ns:
            async with self.lock:
                await self._put(n)


async def main():
    cart = Cart()
    await asyncio.gather(cart.add(1), cart.load([2]), cart.add(3))
    print(cart.total)


asyncio.run(main())
