import asyncio


class Crawler:
    def __init__(self, api):
        self.limit = asyncio.Semaphore(10)
        self.api = api

    async def fetch(self, url):
        async with self.limit:
            for link in await self.api.get(url):
                await self.fetch(link)
