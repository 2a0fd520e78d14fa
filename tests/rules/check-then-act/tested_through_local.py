import asyncio

cache = {}


async def load(key):
    print("loading", key)
    await asyncio.sleep(0)
    return key.upper()


async def get(key):
    value = cache.get(key)
    if value is None:
        value = await load(key)
        cache[key] = value  # want check-then-act
    return value


async def main():
    await asyncio.gather(get("a"), get("a"))


asyncio.run(main())
