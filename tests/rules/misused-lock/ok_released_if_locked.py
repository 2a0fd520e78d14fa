import asyncio

lock = asyncio.Lock()

async def run(job):
    await lock.acquire()
    try:
        await job()
    finally:
        if lock.locked():
            lock.release()
