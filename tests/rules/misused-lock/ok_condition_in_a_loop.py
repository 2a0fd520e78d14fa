import asyncio


class Slot:
    def __init__(self):
        self.free = asyncio.Condition()
        self.taken = True

    async def take(self):
        async with self.free:
            while self.taken:
                await self.free.wait()
            self.taken = True
