"""An object is started once: its task runs alone, whoever may call `start`."""
import asyncio


class Poller:
    def __init__(self, link):
        self.link = link
        self.status = "new"
        self._task = None
        self._beat = asyncio.ensure_future(self._keep_alive())
        self.beats = None

    def start(self):
        self._task = asyncio.ensure_future(self._poll())

    async def _poll(self):
        if self.status == "new":
            await self.link.open()
            self.status = "open"

    async def _keep_alive(self):
        if self.beats is None:
            self.beats = await self.link.beats()
