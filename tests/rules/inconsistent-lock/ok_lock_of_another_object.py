import asyncio


class Connection:
    def __init__(self, api):
        self._api = api
        self._writer = None

    async def disconnect(self):
        if self._writer is not None:
            writer, self._writer = self._writer, None
            await self._api.close(writer)


class Pool:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api
        self._idle = []

    async def release(self, connection: Connection):
        async with self._lock:
            if await self._api.is_stale(connection):
                await connection.disconnect()
            self._idle.append(connection)

    async def ensure(self, connection: Connection):
        if await self._api.is_stale(connection):
            await connection.disconnect()
