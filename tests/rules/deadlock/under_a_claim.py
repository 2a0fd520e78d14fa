import asyncio


class Pool:
    def __init__(self, api):
        self.api = api
        self.first = asyncio.Lock()
        self.busy = False

    async def fill(self):
        if self.busy:
            return
        self.busy = True
        try:
            async with self.first:
                await self.api.fill()
                await self.trim()  # want deadlock: self.first
        finally:
            self.busy = False

    async def trim(self):
        async with self.first:
            await self.api.trim()
