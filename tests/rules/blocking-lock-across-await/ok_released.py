import asyncio
import threading


lock = threading.Lock()


async def save(store, item):
    lock.acquire()
    store.count(item)
    lock.release()
    await store.put(item)
