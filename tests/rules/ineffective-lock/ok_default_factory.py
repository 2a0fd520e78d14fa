import asyncio
from dataclasses import dataclass, field


@dataclass
class Wallet:
    coins: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def spend(self, bank, n):
        async with self.lock:
            if self.coins >= n:
                await bank.pay(n)
                self.coins -= n
