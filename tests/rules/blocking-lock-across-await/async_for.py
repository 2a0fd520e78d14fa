import asyncio
import threading


lock = threading.Lock()


async def drain(queue):
    with lock:  # want blocking-lock-across-await: lock (high)
        async for item in queue:
            print(item)
