import asyncio

client = None


async def connect():
    await asyncio.sleep(0)
    return object()


async def get_client():
    global client
    if client is None:  # first-access
        client = await connect()  # want check-then-act: client (high)
    return client


async def main():
    first, second = await asyncio.gather(get_client(), get_client())
    print(first is second)


asyncio.run(main())
