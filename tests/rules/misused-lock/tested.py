import asyncio

lock = asyncio.Lock()

async def f():
    if lock.acquire():  # want misused-lock
        try:
            await asyncio.sleep(0)
        finally:
            lock.release()
