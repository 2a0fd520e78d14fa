"""Reads letters as they arrive."""
import asyncio


class Mailbox:
    def __init__(self):
        self.arrived = asyncio.Event()
        self.letters = []
        self.read = []

    async def deliver(self, letter, delay):
        await asyncio.sleep(delay)
        self.letters.append(letter)
        self.arrived.set()

    async def show(self, letters):
        await asyncio.sleep(0.002)
        self.read.extend(letters)

    async def run(self):
        while True:
            await self.arrived.wait()
            while self.letters:
                letters, self.letters = self.letters, []
                await self.show(letters)
            self.arrived = asyncio.Event()


async def main():
    box = Mailbox()
    task = asyncio.create_task(box.run())
    await asyncio.gather(box.deliver("a", 0), box.deliver("b", 0.001))
    await asyncio.sleep(0.1)
    task.cancel()
    return box.read


if __name__ == "__main__":
    print(asyncio.run(main()))
