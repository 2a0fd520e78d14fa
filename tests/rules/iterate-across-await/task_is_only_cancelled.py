"""The task that changes the set has been cancelled, but may still be on its way out."""
import asyncio


class Fetcher:
    def __init__(self, link):
        self.link = link
        self.pending = set()
        self.task = asyncio.create_task(self._fetch())

    async def close(self):
        self.task.cancel()
        for item in self.pending:  # want iterate-across-await: self.pending
            item.cancel()
            await item

    async def _fetch(self):
        while True:
            item = await self.link.take()
            if item is None:
                self.pending.pop()
            else:
                self.pending.add(item)
