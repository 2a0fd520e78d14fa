"""All tasks open the same slot."""
import asyncio


class Slot:
    def __init__(self):
        self.link = None

    async def open(self):
        if self.link is None:
            self.link = await asyncio.open_connection("localhost", 80)  # want check-then-act: self.link (high)


slot = Slot()


async def main():
    opening = []
    for _ in range(4):
        opening.append(slot.open())
    await asyncio.gather(*opening)


asyncio.run(main())
