"""Coroutine functions where the loop calls plain ones."""
import asyncio


class Poller:
    def __init__(self, source):
        self._source = source

    async def _poll(self):
        await self._source.read()

    def start(self):
        loop = asyncio.get_running_loop()
        loop.call_later(5, self._poll)  # want unawaited-coroutine: loop.call_later
        loop.call_soon(lambda: self._poll())  # want unawaited-coroutine: loop.call_soon
