import asyncio


class Index:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api

    async def rebuild(self):
        async with self._lock:
            await self._step()  # want deadlock: self._lock

    async def _step(self):
        await self._save()

    async def _save(self):
        async with self._lock:
            await self._api.put()
