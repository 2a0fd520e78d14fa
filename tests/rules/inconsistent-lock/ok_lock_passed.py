import asyncio

total = 0


async def worker(lock, api, n):
    global total
    async with lock:
        old = total
        await api.put(n)
        total = old + n


async def main(api):
    lock = asyncio.Lock()
    await asyncio.gather(*(worker(lock, api, n) for n in range(4)))


asyncio.run(main(None))
