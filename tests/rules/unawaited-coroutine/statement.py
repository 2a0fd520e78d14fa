"""A mail queue whose retry is called like a plain function."""
import asyncio


class Outbox:
    def __init__(self, transport):
        self._transport = transport
        self._failed = []

    async def _deliver(self, mail):
        await self._transport.send(mail)

    async def flush(self):
        for mail in self._failed:
            self._deliver(mail)  # want unawaited-coroutine: self._deliver (high)
        self._failed.clear()

    async def close(self):
        asyncio.sleep(0.1)  # want unawaited-coroutine: asyncio.sleep
        await self._transport.close()
