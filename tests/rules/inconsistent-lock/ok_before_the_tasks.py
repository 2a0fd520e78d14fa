import asyncio

lock = asyncio.Lock()
total = 0


async def add(amount):
    global total
    async with lock:
        before = total
        await asyncio.sleep(0)
        total = before + amount


async def main():
    global total
    total += 1
    await asyncio.gather(add(1), add(2))
    total += 1
    print(total)


asyncio.run(main())
