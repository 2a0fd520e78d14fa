import asyncio

wake = asyncio.Event()


async def worker():
    wake.set()
    while True:
        await wake.wait()
        await asyncio.sleep(1)
        wake.clear()
        wake.set()


async def main():
    await asyncio.gather(worker(), worker())


asyncio.run(main())
