import asyncio

lock = asyncio.Lock()

async def run(job):
    acquired = False
    try:
        await lock.acquire()
        acquired = True
        await job()
    finally:
        if acquired:
            lock.release()
