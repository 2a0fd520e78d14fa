"""The task of the object calls it, and so does whoever asks for a refresh."""
import asyncio


class Coordinator:
    def __init__(self, link):
        self.link = link
        self.prepared = False
        self.task = asyncio.create_task(self._run())

    async def _run(self):
        while not self.link.closed:
            await self.ensure_active()

    async def refresh(self):
        await self.ensure_active()

    async def ensure_active(self):
        if not self.prepared:
            await self.link.prepare()
            self.prepared = True  # want check-then-act: self.prepared
        self.prepared = not await self.link.join()
