"""An object that waits in a queue for work to be done on it; whoever made it goes on using it."""
import asyncio


class Device:
    def __init__(self, link):
        self.link = link
        self.info = None

    async def describe(self):
        if self.info is None:
            self.info = await self.link.info()  # want check-then-act: self.info (medium)
        return self.info


class Hub:
    def __init__(self, link):
        self.queue = asyncio.Queue()
        self.devices = [Device(link) for _ in range(4)]
        for device in self.devices:
            self.queue.put_nowait(device)

    async def work(self):
        device = await self.queue.get()
        await device.describe()
