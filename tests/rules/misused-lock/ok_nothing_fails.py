import asyncio


slots = asyncio.Semaphore(3)
used = 0


async def count():
    global used
    await slots.acquire()
    used += 1
    slots.release()
