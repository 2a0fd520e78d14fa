import asyncio

lock = asyncio.Lock()

async def run(job):
    try:
        await asyncio.wait_for(lock.acquire(), 1)
    except asyncio.TimeoutError:
        return None
    try:
        return await job()
    finally:
        lock.release()
