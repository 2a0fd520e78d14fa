import asyncio
import functools


def locked(method):
    @functools.wraps(method)
    async def wrapper(self, *args, **kwargs):
        async with self._lock:
            return await method(self, *args, **kwargs)

    return wrapper


class Counter:
    def __init__(self, store):
        self._lock = asyncio.Lock()
        self.store = store
        self.value = 0

    @locked
    async def add(self, n):
        value = self.value
        await self.store.put(value)
        self.value = value + n

    async def sub(self, n):
        self.value -= n  # want inconsistent-lock: self.value (medium)
