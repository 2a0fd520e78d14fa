import anyio
import trio


class A:
    def __init__(self, api):
        self._lock = anyio.Lock()
        self._tlock = trio.Lock()
        self._slots = anyio.Semaphore(1)
        self._api = api
        self.a = 0
        self.b = 0
        self.c = 0

    async def one(self):
        async with self._lock:
            a = self.a
            await self._api.go()
            self.a = a + 1

    async def two(self):
        async with self._tlock:
            a = self.b
            await self._api.go()
            self.b = a + 1

    async def three(self):
        async with self._slots:
            a = self.c
            await self._api.go()
            self.c = a + 1
