# The flag is set by the task when it first runs: until then a second caller passes the test.
import asyncio


class Link:
    def __init__(self, transport):
        self._transport = transport
        self._reconnecting = False
        self._tasks = set()

    async def _reconnect(self):
        self._reconnecting = True  # want check-then-act: self._reconnecting
        try:
            await self._transport.close()
            await self._transport.open()
        finally:
            self._reconnecting = False

    def lost(self):
        if not self._reconnecting:
            task = asyncio.create_task(self._reconnect())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
