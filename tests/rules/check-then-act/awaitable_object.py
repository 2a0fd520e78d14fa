# An object that is awaited: whoever has it may do so, and enter it as well.
import asyncio


class Pool:
    def __init__(self, connect):
        self._connect = connect
        self._ready = False
        self._connections = []

    async def _setup(self):
        if self._ready:
            return self
        self._connections = await asyncio.gather(self._connect(), self._connect())
        self._ready = True  # want check-then-act: self._ready
        return self

    def __await__(self):
        return self._setup().__await__()

    async def __aenter__(self):
        await self._setup()
        return self

    async def __aexit__(self, *error):
        for connection in self._connections:
            await connection.close()
