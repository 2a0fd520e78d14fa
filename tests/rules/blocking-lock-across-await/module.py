import asyncio
import threading


lock = threading.RLock()


async def save(store, item):
    with lock:  # want blocking-lock-across-await: lock (high)
        await store.put(item)
