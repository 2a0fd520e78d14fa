import asyncio


class Refresher:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api
        self.token = None

    async def get(self):
        if self.token is None:
            async with self._lock:
                if self.token is None:
                    self.token = await self._api.login()
        return self.token

    async def renew(self):
        async with self._lock:
            self.token = None
        return await self.get()
