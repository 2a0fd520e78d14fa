import asyncio

class Cache:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.value = 0

    async def update(self):
        async with self.lock:  # want ineffective-lock
            v = self.value
            await asyncio.sleep(0)
            self.value = v + 1

    async def reset(self):
        self.lock = asyncio.Lock()
        self.value = 0

async def main():
    c = Cache()
    await asyncio.gather(c.update(), c.reset(), c.update())

asyncio.run(main())
