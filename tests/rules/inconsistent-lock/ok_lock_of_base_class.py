import asyncio


class Guarded:
    def __init__(self):
        self._lock = asyncio.Lock()


class Wallet(Guarded):
    def __init__(self, api):
        super().__init__()
        self.api = api
        self.coins = 0

    async def earn(self, n):
        async with self._lock:
            coins = self.coins
            await self.api.log(n)
            self.coins = coins + n

    async def burn(self, n):
        async with self._lock:
            self.coins -= n
