import asyncio

listeners = ()


async def notify():
    for listener in listeners:
        await asyncio.sleep(0)
        print(listener)


async def subscribe(name):
    global listeners
    await asyncio.sleep(0)
    listeners = (*listeners, name)


async def main():
    await asyncio.gather(notify(), subscribe("a"), notify())


asyncio.run(main())
