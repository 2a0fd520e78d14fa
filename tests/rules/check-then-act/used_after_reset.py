import asyncio


class Socket:
    def send(self, data):
        print(data)


class Stream:
    def __init__(self):
        self.socket = Socket()

    async def publish(self, data):
        if self.socket is not None:
            await asyncio.sleep(0)
            self.socket.send(data)  # want check-then-act: self.socket (high)

    async def close(self):
        await asyncio.sleep(0)
        self.socket = None  # conflict


async def main():
    stream = Stream()
    await asyncio.gather(stream.close(), stream.publish("hello"))


asyncio.run(main())
