"""Fire and forget."""
import asyncio
from asyncio import create_task as start


class Dispatcher:
    def __init__(self, transport):
        self._transport = transport
        self._loop = asyncio.get_event_loop()

    async def _deliver(self, url, body):
        await self._transport.post(url, body)

    async def receive(self, url, body):
        asyncio.create_task(self._deliver(url, body))  # want dangling-task: asyncio.create_task (high)
        return "accepted"

    def retry(self, urls):
        for url in urls:
            asyncio.ensure_future(self._deliver(url, ""))  # want dangling-task
        self._loop.create_task(self._deliver(urls[0], "done"))  # want dangling-task
        asyncio.get_running_loop().create_task(self._deliver(urls[0], "done"))  # want dangling-task
        start(self._deliver(urls[-1], "done"))  # want dangling-task
