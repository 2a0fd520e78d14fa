"""The object is started once, on its own loop or on the loop of another thread."""
import asyncio

from .threads import sync


class Client:
    def __init__(self, opener, loop, asynchronous):
        self.opener = opener
        self.loop = loop
        self.asynchronous = asynchronous
        self.cluster = None
        self.start()

    def start(self):
        if self.asynchronous:
            self.started = asyncio.ensure_future(self._start())
        else:
            sync(self.loop, self._start)

    async def _start(self):
        if self.cluster is None:
            self.cluster = await self.opener.open()
