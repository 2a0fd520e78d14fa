import asyncio
import threading

lock = threading.Lock()

async def f():
    async with lock:  # want misused-lock
        await asyncio.sleep(0)
