# fix wrap-in-lock: self.total
# prints 3
import asyncio


class Base:
    def __init__(self, name):
        self.name = name
        self.total = 0


class Counter(Base):
    """Counts."""

    async def add(self):
        total = self.total
        print(self.name, total)
        await asyncio.sleep(0)
        self.total = total + 1


async def main():
    counter = Counter("a")
    await asyncio.gather(counter.add(), counter.add(), counter.add())
    print(counter.total)


asyncio.run(main())
