# prints ['a', 'bb']
import asyncio


class Transport:
    def __init__(self):
        self.sent = []

    async def connect(self):
        await asyncio.sleep(0)

    async def send(self, params, size):
        self.sent.append(params)


async def main():
    transport = Transport()
    client = Client(transport)
    await asyncio.gather(client.query("a"), client.query("bb"))
    print(transport.sent)


asyncio.run(main())
