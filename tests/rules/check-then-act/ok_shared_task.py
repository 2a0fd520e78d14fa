import asyncio

connecting = None


async def connect():
    print("connecting")
    await asyncio.sleep(0)
    return object()


async def get_connection():
    global connecting
    if connecting is None:
        connecting = asyncio.ensure_future(connect())
    return await connecting


async def main():
    await asyncio.gather(get_connection(), get_connection())


asyncio.run(main())
