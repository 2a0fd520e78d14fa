import asyncio


class Reader:
    def __init__(self):
        self.items = asyncio.Queue()

    def on_message(self, message):
        self.items.put_nowait(message)

    async def take(self):
        return await self.items.get()
