"""The task that changes the set has been cancelled and waited for."""
import asyncio
import contextlib


class Fetcher:
    def __init__(self, link):
        self.link = link
        self.pending = set()
        self.task = asyncio.create_task(self._fetch())

    async def close(self):
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task
        for item in self.pending:
            item.cancel()
            await item

    async def _fetch(self):
        while True:
            item = await self.link.take()
            if item is None:
                self.pending.pop()
            else:
                self.pending.add(item)
