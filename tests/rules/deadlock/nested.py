import asyncio


lock = asyncio.Lock()


async def save():
    async with lock:
        await asyncio.sleep(0)
        async with lock:  # want deadlock: lock (high)
            print("saved")
