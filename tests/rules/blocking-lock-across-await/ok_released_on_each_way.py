import asyncio
import threading


lock = threading.Lock()
waiting = []


async def job(name):
    lock.acquire()
    if name in waiting:
        lock.release()
        await asyncio.sleep(1)
        return
    waiting.append(name)
    lock.release()
    await asyncio.sleep(2)
