import asyncio

lock = asyncio.Lock()


async def refresh(api):
    async with lock:
        await api.load()
        await lock.acquire()  # want deadlock: lock
        try:
            await api.store()
        finally:
            lock.release()
