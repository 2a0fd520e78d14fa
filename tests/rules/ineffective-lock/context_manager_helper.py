import asyncio
from contextlib import asynccontextmanager


class Wallet:
    def __init__(self, bank):
        self.bank = bank
        self.coins = 0

    @asynccontextmanager
    async def _guard(self):
        lock = asyncio.Lock()
        async with lock:
            yield

    async def spend(self, n):
        async with self._guard():  # want ineffective-lock
            if self.coins >= n:
                await self.bank.pay(n)
                self.coins -= n
