import asyncio


lock = asyncio.Lock()
total = 0


async def add(amount):
    global total
    lock.acquire()  # want misused-lock: lock (high)
    try:
        before = total
        await asyncio.sleep(0)
        total = before + amount
    finally:
        lock.release()
