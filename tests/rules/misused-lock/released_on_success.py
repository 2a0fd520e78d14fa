import asyncio


class Farm:
    def __init__(self):
        self.slots = asyncio.Semaphore(2)

    async def render(self, frame):
        await self.slots.acquire()  # want misused-lock: self.slots (high)
        image = await frame.render()
        self.slots.release()
        return image
