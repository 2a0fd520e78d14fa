import asyncio

cache = {}


async def load(key):
    print("loading", key)
    await asyncio.sleep(0)
    return key.upper()


async def get(key):
    if key not in cache:
        cache[key] = await load(key)  # want check-then-act
    return cache[key]


async def main():
    await asyncio.gather(get("a"), get("a"))


asyncio.run(main())
