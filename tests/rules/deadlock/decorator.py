import asyncio
import functools


def locked(method):
    @functools.wraps(method)
    async def wrapper(self, *args):
        async with self._lock:
            return await method(self, *args)

    return wrapper


class Index:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api

    @locked
    async def rebuild(self):
        await self._api.clear()
        await self.write(1)  # want deadlock: self._lock

    @locked
    async def write(self, part):
        await self._api.put(part)
