import asyncio


class Slot:
    def __init__(self):
        self.free = asyncio.Condition()
        self.taken = True

    async def take(self):
        async with self.free:
            if self.taken:
                await self.free.wait()  # want misused-lock: self.free (high)
            self.taken = True
