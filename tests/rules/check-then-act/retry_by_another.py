"""The retry is another function's, which binds without asking what is there."""
import asyncio


class Actor:
    def __init__(self, link):
        self.link = link
        self.client = None
        self.future = None

    def bind(self):
        self.client = self.link.client()
        self.future = asyncio.get_running_loop().create_future()

    async def run(self):
        try:
            return await self.link.execute()
        except OSError:
            if self.future and not self.future.done():
                await self.future
                return await self.run_again()  # want check-then-act: self.future (medium)
            return None

    async def run_again(self):
        self.bind()
        return await self.link.execute()
