import asyncio


class Pool:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self.api = api
        self.n = 0

    async def load(self, name):
        self._lock.acquire()  # want misused-lock: self._lock
        try:
            n = self.n
            await self.api.load(name)
            self.n = n + 1
        finally:
            self._lock.release()

    async def load_if(self, name):
        if self._lock.acquire():  # want misused-lock: self._lock
            n = self.n
            await self.api.load(name)
            self.n = n + 1
