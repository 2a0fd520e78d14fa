import asyncio


class Guard:
    def __init__(self):
        self._inner = asyncio.Lock()

    async def __aenter__(self):
        await self._inner.acquire()
        return self

    async def __aexit__(self, *exc):
        self._inner.release()


class Stock:
    def __init__(self, api):
        self._guard = Guard()
        self._api = api
        self.level = 0

    async def add(self, n):
        async with self._guard:
            level = self.level
            await self._api.put(n)
            self.level = level + n

    async def take(self, n):
        async with self._guard:
            if self.level >= n:
                await self._api.put(-n)
                self.level -= n
