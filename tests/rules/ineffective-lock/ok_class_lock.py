import asyncio


class Registry:
    entries = {}
    _lock = asyncio.Lock()

    def __init__(self, api):
        self._api = api

    async def load(self, name):
        async with self._lock:
            if name not in Registry.entries:
                Registry.entries[name] = await self._api.fetch(name)
            return Registry.entries[name]


async def main(api):
    await asyncio.gather(*(Registry(api).load("a") for _ in range(4)))


asyncio.run(main(None))
