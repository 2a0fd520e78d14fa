import asyncio

_counters = {}


class Counter:
    def __init__(self, store, name):
        self._mutex = asyncio.Lock()
        self._store = store
        self._name = name

    async def bump(self, key):
        async with self._mutex:  # want ineffective-lock
            value = _counters.get(key, 0)
            await self._store.save(key, value)
            _counters[key] = value + 1


async def handle(store, key):
    counter = Counter(store, key)
    await counter.bump(key)
