import asyncio


class Cache:
    def __init__(self, api):
        self.api = api
        self.lock = asyncio.Lock()
        self.hits = 0

    async def refresh(self):
        async with self.lock:  # want ineffective-lock
            hits = self.hits
            self.lock = asyncio.Lock()
            await self.api.send(hits)
            self.hits = hits + 1
