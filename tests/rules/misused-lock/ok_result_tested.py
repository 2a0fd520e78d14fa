import asyncio

lock = asyncio.Lock()

async def run(job):
    acquired = await lock.acquire()
    try:
        await job()
    finally:
        if acquired:
            lock.release()
