import asyncio


class Counter:
    def __init__(self):
        self.count = 0

    async def add(self):
        async with asyncio.Lock():  # want ineffective-lock
            count = self.count
            await asyncio.sleep(0)
            self.count = count + 1
