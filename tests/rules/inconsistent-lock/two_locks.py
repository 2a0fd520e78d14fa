import asyncio


class Position:
    def __init__(self):
        self.buy_lock = asyncio.Lock()
        self.sell_lock = asyncio.Lock()
        self.size = 0

    async def buy(self, n):
        async with self.buy_lock:
            size = self.size
            await asyncio.sleep(0)
            self.size = size + n  # want inconsistent-lock: self.size (high)

    async def sell(self, n):
        async with self.sell_lock:
            size = self.size
            await asyncio.sleep(0)
            self.size = size - n  # want inconsistent-lock: self.size (high)


async def main():
    p = Position()
    await asyncio.gather(p.buy(1), p.sell(2))


asyncio.run(main())
