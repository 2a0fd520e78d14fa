import asyncio


class Mailbox:
    def __init__(self):
        self.arrived = asyncio.Event()

    def deliver(self):
        self.arrived.set()

    async def read(self):
        while True:
            await self.arrived.wait()
            self.arrived = asyncio.Event()
            await asyncio.sleep(1)
