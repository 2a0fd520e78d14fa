import asyncio

lock = asyncio.Lock()
connection = None


async def connect():
    print("connecting")
    await asyncio.sleep(0)
    return object()


async def get_connection():
    global connection
    if connection is None:
        async with lock:
            connection = await connect()  # want check-then-act: connection (high)
    return connection


async def main():
    await asyncio.gather(get_connection(), get_connection())


asyncio.run(main())
