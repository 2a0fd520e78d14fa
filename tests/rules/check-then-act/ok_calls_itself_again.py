"""The retry begins with the tests of the function itself."""
import asyncio


class Actor:
    def __init__(self, link):
        self.link = link
        self.client = None
        self.future = None

    def bind(self):
        if not self.client:
            self.client = self.link.client()
            self.future = asyncio.get_running_loop().create_future()

    async def run(self):
        try:
            self.bind()
            return await self.link.execute()
        except OSError:
            if self.future and not self.future.done():
                await self.future
                return await self.run()
            return None
