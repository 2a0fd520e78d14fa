import asyncio

busy = False


async def run():
    global busy
    if busy:
        return
    busy = True
    try:
        await asyncio.sleep(0)
    finally:
        busy = False


async def main():
    await asyncio.gather(run(), run())


asyncio.run(main())
