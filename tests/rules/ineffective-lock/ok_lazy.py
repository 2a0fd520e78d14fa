import asyncio


class Lazy:
    def __init__(self, api):
        self._lock = None
        self.api = api
        self.n = 0

    def _get_lock(self):
        if self._lock is None:
            self._lock = asyncio.Lock()
        return self._lock

    async def go(self):
        async with self._get_lock():
            n = self.n
            await self.api.send(n)
            self.n = n + 1
