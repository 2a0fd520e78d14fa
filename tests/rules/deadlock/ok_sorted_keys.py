import asyncio
from collections import defaultdict


class Accounts:
    def __init__(self, api):
        self.locks = defaultdict(asyncio.Lock)
        self.api = api

    async def move(self, source, target, n):
        low, high = sorted((source, target))
        async with self.locks[low]:
            async with self.locks[high]:
                await self.api.move(source, target, n)
