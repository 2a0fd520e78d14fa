import asyncio

cache = {}
loading = set()


async def load(key):
    await asyncio.sleep(0)
    return key.upper()


async def warm(key):
    if key in cache or key in loading:
        return
    loading.add(key)
    try:
        cache[key] = await load(key)
    finally:
        loading.discard(key)


async def main():
    await asyncio.gather(warm("a"), warm("a"))


asyncio.run(main())
