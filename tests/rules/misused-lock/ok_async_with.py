import asyncio


lock = asyncio.Lock()


async def add(items, item):
    async with lock:
        await asyncio.sleep(0)
        items.append(item)
