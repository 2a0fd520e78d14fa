import asyncio

cache = {}


async def load(key):
    await asyncio.sleep(0)
    return key.upper()


async def refresh(key):
    value = await load(key)
    if key not in cache:
        cache[key] = value


async def main():
    await asyncio.gather(refresh("a"), refresh("a"))


asyncio.run(main())
