import asyncio


class Service:
    def __init__(self):
        self.started = False

    async def open(self):
        print("opening")
        await asyncio.sleep(0)

    async def start(self):
        if not self.started:
            await self.open()
            self.started = True  # want check-then-act: self.started (high)


async def main():
    service = Service()
    await asyncio.gather(service.start(), service.start())


asyncio.run(main())
