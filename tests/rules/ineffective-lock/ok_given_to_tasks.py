import asyncio


async def fetch(lock, log, number):
    async with lock:
        await asyncio.sleep(0)
        log.append(number)


async def main():
    lock = asyncio.Lock()
    log = []
    await asyncio.gather(*(fetch(lock, log, number) for number in range(3)))
    async with lock:
        print(log)


asyncio.run(main())
