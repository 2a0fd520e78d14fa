# The flag is set where the task is started, or the task itself is the flag.
import asyncio


class Link:
    def __init__(self, transport):
        self._transport = transport
        self._reconnecting = False
        self._polling = False
        self._task = None
        self._poller = None

    async def _reconnect(self):
        self._reconnecting = True
        try:
            await self._transport.open()
        finally:
            self._reconnecting = False

    def lost(self):
        if not self._reconnecting:
            self._task = asyncio.create_task(self._reconnect())
            self._reconnecting = True

    async def _poll(self):
        self._polling = True
        while self._polling:
            await self._transport.poll()

    def start(self):
        if self._poller is None:
            self._poller = asyncio.create_task(self._poll())

    def stop(self):
        self._polling = False
