import asyncio


cache = {}


class Loader:
    _instance = None

    def __init__(self):
        self._lock = asyncio.Lock()

    @classmethod
    def get(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    async def load(self, key):
        async with self._lock:
            if key not in cache:
                await asyncio.sleep(0)
                cache[key] = key
