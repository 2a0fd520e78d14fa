import asyncio

_rows = {}


class Store:
    _instance = None

    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api

    @classmethod
    def instance(cls, api):
        if cls._instance is None:
            cls._instance = cls(api)
        return cls._instance

    async def load(self, key):
        async with self._lock:
            if key not in _rows:
                _rows[key] = await self._api.load(key)
            return _rows[key]
