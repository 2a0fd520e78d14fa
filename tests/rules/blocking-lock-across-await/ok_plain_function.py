import asyncio
import threading


lock = threading.Lock()


def save(store, item):
    with lock:
        store.put(item)
