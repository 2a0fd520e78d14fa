import asyncio


class Cache:
    def __init__(self, api):
        self.api = api
        self.lock = asyncio.Lock()
        self.hits = 0

    async def refresh(self):
        async with self.lock:
            hits = self.hits
            await self.api.send(hits)
            self.hits = hits + 1

    def bind(self):
        self.lock = asyncio.Lock()
