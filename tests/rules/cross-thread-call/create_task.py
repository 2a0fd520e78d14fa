import asyncio
import threading


async def notify():
    await asyncio.sleep(0)


def worker():
    task = asyncio.create_task(notify())  # want cross-thread-call
    return task


def start():
    threading.Thread(target=worker).start()
