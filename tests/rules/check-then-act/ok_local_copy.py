import asyncio


class Socket:
    def send(self, data):
        print(data)


class Stream:
    def __init__(self):
        self.socket = Socket()

    async def publish(self, data):
        socket = self.socket
        if socket is not None:
            await asyncio.sleep(0)
            socket.send(data)

    async def close(self):
        await asyncio.sleep(0)
        self.socket = None


async def main():
    stream = Stream()
    await asyncio.gather(stream.close(), stream.publish("hello"))


asyncio.run(main())
