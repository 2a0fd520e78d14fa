"""What a method of the base class awaits and sets, reached through `super()`."""
import asyncio


class Link:
    def __init__(self):
        self.socket = None

    async def open(self):
        self.socket = await dial()


class Client(Link):
    def __init__(self):
        super().__init__()
        self.sent = 0

    async def open(self):
        if self.socket is None:  # first-access
            await super().open()  # want check-then-act: self.socket
        return self.socket


async def dial():
    await asyncio.sleep(0.1)
    return object()


async def main():
    client = Client()
    await asyncio.gather(client.open(), client.open())


asyncio.run(main())
