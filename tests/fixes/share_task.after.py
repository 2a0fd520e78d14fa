# fix share-in-flight
# prints 1
import asyncio

opened = 0
client = None
client_pending = None


async def connect():
    global opened
    opened += 1
    await asyncio.sleep(0)
    return object()


async def get_client():
    """The only one."""
    global client, client_pending
    if client is None:
        # Takes a while.
        if client_pending is None:
            async def work():
                global client, client_pending
                try:
                    client = await connect()
                finally:
                    client_pending = None

            client_pending = asyncio.create_task(work())
        await asyncio.shield(client_pending)
    return client


async def main():
    await asyncio.gather(get_client(), get_client())
    print(opened)


asyncio.run(main())
