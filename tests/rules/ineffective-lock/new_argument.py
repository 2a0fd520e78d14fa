import asyncio

total = 0

async def add(n, lock):
    global total
    async with lock:  # want ineffective-lock: total (high)
        t = total
        await asyncio.sleep(0)
        total = t + n

async def main():
    await asyncio.gather(*(add(i, asyncio.Lock()) for i in range(4)))

asyncio.run(main())
