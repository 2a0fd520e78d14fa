import asyncio


async def load(key):
    await asyncio.sleep(0)
    return key


async def both():
    first, second = load(1), load(2)
    return await first, await second


async def gathered(keys):
    pending = [load(key) for key in keys]
    pending.append(load("last"))
    return await asyncio.gather(*pending)


async def chosen(key, cache):
    pending = load(key) if key not in cache else None
    if pending:
        cache[key] = await pending
    return cache[key]
