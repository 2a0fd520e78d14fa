# fix wrap-in-lock: self.count
# leaves nothing
# prints 60
import asyncio


class Counter:
    """Three methods, one counter."""

    def __init__(self):
        self.count = 0

    async def one(self):
        count = self.count
        await asyncio.sleep(0)  # a query
        if count >= 0:
            # keep this comment
            self.count = count + 1

    async def two(self):
        self.count += await self._two()

    async def three(self):
        count = self.count
        await asyncio.sleep(0)
        print("", end="")
        self.count = count + 3

    async def _two(self):
        await asyncio.sleep(0)
        return 2


async def main():
    counter = Counter()
    await asyncio.gather(*(f() for _ in range(10) for f in (counter.one, counter.two, counter.three)))
    print(counter.count)


asyncio.run(main())
