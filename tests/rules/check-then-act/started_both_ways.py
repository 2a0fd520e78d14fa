"""Two tasks start the object."""
import asyncio

from .threads import sync


class Client:
    def __init__(self, opener, loop):
        self.opener = opener
        self.loop = loop
        self.cluster = None

    def start(self):
        self.started = asyncio.ensure_future(self._start())
        sync(self.loop, self._start)

    async def _start(self):
        if self.cluster is None:
            self.cluster = await self.opener.open()  # want check-then-act: self.cluster
