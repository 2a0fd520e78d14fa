import asyncio


lock = asyncio.Lock()


async def save(store, item):
    async with lock:
        await store.put(item)
