import asyncio


class Mailbox:
    def __init__(self):
        self.arrived = asyncio.Event()
        self.letters = []

    async def deliver(self, letter):
        await asyncio.sleep(0)
        self.letters.append(letter)
        self.arrived.set()

    async def read(self):
        while True:
            await self.arrived.wait()
            await self.show(self.letters.pop())
            self.arrived = asyncio.Event()  # want lost-wakeup: self.arrived

    async def show(self, letter):
        await asyncio.sleep(0)


async def main():
    mailbox = Mailbox()
    reader = asyncio.create_task(mailbox.read())
    await asyncio.gather(mailbox.deliver("a"), mailbox.deliver("b"))
    await reader


asyncio.run(main())
