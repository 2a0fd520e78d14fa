import asyncio

lock = asyncio.Lock()

async def run(job):
    await asyncio.wait_for(lock.acquire(), 1)  # want misused-lock
    r = await job()
    lock.release()
    return r
