import asyncio

_counters = {}


class Counter:
    def __init__(self, store):
        self._mutex = asyncio.Lock()
        self._store = store

    async def bump(self, key):
        async with self._mutex:
            value = _counters.get(key, 0)
            await self._store.save(key, value)
            _counters[key] = value + 1


counter = Counter(None)


async def handle(key):
    await counter.bump(key)
