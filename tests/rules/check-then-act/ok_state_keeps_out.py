"""Stopping needs a task, starting needs that there is none: the one cannot come into the other."""
import asyncio


class Poller:
    def __init__(self):
        self.task = None
        self.port = None

    def start(self):
        if self.task is None:
            self.task = asyncio.create_task(self.poll())

    async def stop(self):
        if self.task is not None:
            self.task.cancel()
            await asyncio.wait([self.task])
            self.task = None

    async def poll(self):
        await asyncio.sleep(1)

    def get_port(self):
        if self.port is None:
            self._make_port()
        return self.port

    def _make_port(self):
        self.port = object()

    async def close(self):
        if not self.port:
            return
        await self.port.close()
        self.port = None
