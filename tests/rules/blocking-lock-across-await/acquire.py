import asyncio
import threading


lock = threading.Lock()


async def save(store, item):
    lock.acquire()  # want blocking-lock-across-await: lock (high)
    try:
        await store.put(item)
    finally:
        lock.release()
