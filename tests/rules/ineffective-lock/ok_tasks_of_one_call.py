import asyncio


async def collect(api, ids):
    lock = asyncio.Lock()
    total = 0

    async def one(i):
        nonlocal total
        async with lock:
            before = total
            n = await api.get(i)
            total = before + n

    await asyncio.gather(*(one(i) for i in ids))
    return total
