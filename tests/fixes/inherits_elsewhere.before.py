# fix wrap-in-lock: self.total
# prints 3
import asyncio
from collections import OrderedDict


class Counter(OrderedDict):
    total = 0

    async def add(self):
        total = self.total
        print(self, total)
        await asyncio.sleep(0)
        self.total = total + 1


async def main():
    counter = Counter(a=1)
    await asyncio.gather(counter.add(), counter.add(), counter.add())
    print(counter.total)


asyncio.run(main())
