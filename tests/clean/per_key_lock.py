import asyncio
from collections import defaultdict

locks = defaultdict(asyncio.Lock)
cache = {}


async def load(key):
    await asyncio.sleep(0)
    return key.upper()


async def get(key):
    async with locks[key]:
        if key not in cache:
            cache[key] = await load(key)
        return cache[key]


async def main():
    print(await asyncio.gather(get("a"), get("a"), get("b")))


asyncio.run(main())
