import asyncio


class Till:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api
        self.cents = 0

    async def _begin(self):
        await self._lock.acquire()

    def _end(self):
        self._lock.release()

    async def deposit(self, n):
        await self._begin()
        try:
            before = self.cents
            await self._api.log(n)
            self.cents = before + n
        finally:
            self._end()

    async def refund(self, n):
        async with self._lock:
            if self.cents >= n:
                await self._api.log(-n)
                self.cents -= n
