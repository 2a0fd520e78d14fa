import asyncio


total = 0


async def add(amount):
    global total
    lock = asyncio.Lock()
    async with lock:  # want ineffective-lock
        before = total
        await asyncio.sleep(0)
        total = before + amount
