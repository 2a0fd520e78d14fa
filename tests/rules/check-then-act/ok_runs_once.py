import asyncio

client = None


async def connect():
    await asyncio.sleep(0)
    return object()


async def set_up():
    global client
    if client is None:
        client = await connect()


async def main():
    await set_up()
    print(client is not None)


asyncio.run(main())
