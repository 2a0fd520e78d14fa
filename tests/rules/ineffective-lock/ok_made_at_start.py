import asyncio


class Service:
    def __init__(self):
        self._lock = None
        self.value = 0

    async def start(self):
        self._lock = asyncio.Lock()

    async def update(self):
        async with self._lock:
            value = self.value
            await asyncio.sleep(0)
            self.value = value + 1


async def main():
    service = Service()
    await service.start()
    await asyncio.gather(service.update(), service.update())


asyncio.run(main())
