"""Each task opens another slot."""
import asyncio


class Slot:
    def __init__(self):
        self.link = None

    async def open(self):
        if self.link is None:
            self.link = await asyncio.open_connection("localhost", 80)


slots = [Slot() for _ in range(4)]


async def main():
    first = slots[0]
    await first.open()
    opening = []
    for number, slot in enumerate(reversed(slots[1:])):
        if number < 2:
            opening.append(slot.open())
    await asyncio.gather(*opening)
    await asyncio.gather(*[slot.open() for slot in slots[2:]])


asyncio.run(main())
