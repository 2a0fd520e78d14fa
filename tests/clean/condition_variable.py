import asyncio


class Mailbox:
    def __init__(self):
        self.letters = []
        self.changed = asyncio.Condition()

    async def put(self, letter):
        async with self.changed:
            self.letters.append(letter)
            self.changed.notify()

    async def take(self):
        async with self.changed:
            while not self.letters:
                await self.changed.wait()
            return self.letters.pop()


async def main():
    mailbox = Mailbox()
    print(await asyncio.gather(mailbox.take(), mailbox.take(), mailbox.put("a"), mailbox.put("b")))


asyncio.run(main())
