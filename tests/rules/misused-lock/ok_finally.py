import asyncio


lock = asyncio.Lock()


async def add(items, item):
    await lock.acquire()
    try:
        await asyncio.sleep(0)
        items.append(item)
    finally:
        lock.release()
