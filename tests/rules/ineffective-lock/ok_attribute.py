import asyncio


class Counter:
    def __init__(self):
        self.count = 0
        self._lock = asyncio.Lock()

    async def add(self):
        async with self._lock:
            count = self.count
            await asyncio.sleep(0)
            self.count = count + 1
