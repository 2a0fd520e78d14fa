"""The loop fetches what its condition looks at, and looks at it again."""
import asyncio


class Cluster:
    def __init__(self, link):
        self.link = link
        self.info = None

    async def refresh(self):
        self.info = await self.link.identity()

    async def wait_for(self, count):
        while len(self.info["workers"]) < count:
            await asyncio.sleep(0.1)
            self.info = await self.link.identity()
