# fix snapshot: sockets
# prints 2
import asyncio

sockets = {1, 2}


async def ping(socket):
    await asyncio.sleep(0)
    return socket


async def broadcast():
    return [await ping(socket) for socket in sockets if socket]


async def join(socket):
    sockets.add(socket)


async def main():
    done, _ = await asyncio.gather(broadcast(), join(3), return_exceptions=True)
    print(done if isinstance(done, Exception) else len(done))


asyncio.run(main())
