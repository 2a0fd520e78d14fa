import asyncio


class Client:
    def __init__(self, transport):
        self._transport = transport
        self._lock = asyncio.Lock()
        self._params = None

    async def query(self, params):
        async with self._lock:
            self._params = params
            await self._transport.connect()
            await self._transport.send(self._params)
