# fix wrap-in-lock: self.total
# prints 3
import asyncio
from collections import OrderedDict


class Counter(OrderedDict):
    total = 0

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self._lock = asyncio.Lock()

    async def add(self):
        async with self._lock:
            total = self.total
            print(self, total)
            await asyncio.sleep(0)
            self.total = total + 1


async def main():
    counter = Counter(a=1)
    await asyncio.gather(counter.add(), counter.add(), counter.add())
    print(counter.total)


asyncio.run(main())
