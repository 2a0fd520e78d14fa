import asyncio


class Node:
    def __init__(self, parent, api):
        self.parent = parent
        self.api = api
        self.lock = asyncio.Lock()
        self.n = 0

    async def add(self):
        async with self.lock:
            await self.api.put()
            self.n += 1
            if self.parent is not None:
                await self.parent.add()
