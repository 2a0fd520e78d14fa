import asyncio


class Session:
    def __init__(self):
        self._lock = asyncio.Lock()

    async def __aenter__(self):
        await self._lock.acquire()
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *exc):
        self._lock.release()


class Holder:
    def __init__(self):
        self._lock = asyncio.Lock()

    async def lock(self):
        await self._lock.acquire()

    def unlock(self):
        self._lock.release()
