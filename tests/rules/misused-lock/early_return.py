import asyncio


lock = asyncio.Lock()


async def check(item, known):
    await lock.acquire()  # want misused-lock: lock (high)
    if item in known:
        return False
    known.add(item)
    lock.release()
    return True
