import asyncio


async def send(batch):
    await asyncio.sleep(0.01)
    print("sent", list(batch))


class Sender:
    def __init__(self):
        self.batch = []

    def add(self, item):
        self.batch = [*self.batch, item]

    async def flush(self):
        await send(self.batch)
        self.batch = []  # want lost-update: self.batch


async def produce(sender):
    for number in range(5):
        sender.add(number)
        await asyncio.sleep(0.005)


async def main():
    sender = Sender()
    sender.add("first")
    await asyncio.gather(sender.flush(), produce(sender))
    await sender.flush()


asyncio.run(main())
