# fix share-in-flight
# prints 1
import asyncio

opened = 0
client = None


async def connect():
    global opened
    opened += 1
    await asyncio.sleep(0)
    return object()


async def get_client():
    """The only one."""
    global client
    if client is None:
        # Takes a while.
        client = await connect()
    return client


async def main():
    await asyncio.gather(get_client(), get_client())
    print(opened)


asyncio.run(main())
