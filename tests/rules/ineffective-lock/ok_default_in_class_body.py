import asyncio


class Counter:
    count = 0

    def __init__(self):
        self._lock = asyncio.Lock()

    async def add(self):
        async with self._lock:
            count = self.count
            await asyncio.sleep(0)
            self.count = count + 1


async def main():
    counters = [Counter() for _ in range(3)]
    await asyncio.gather(*(counter.add() for counter in counters for _ in range(2)))


asyncio.run(main())
