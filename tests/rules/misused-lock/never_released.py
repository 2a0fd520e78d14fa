import asyncio

lock = asyncio.Lock()

async def run(job):
    await lock.acquire()  # want misused-lock
    await job()
