"""A time limit never suspends by itself, wherever it is imported from."""
import asyncio
from somewhere._compat import timeout as time_limit


class Link:
    def __init__(self):
        self.closing = None

    async def close(self):
        if self.closing:
            async with time_limit(10):
                await self.closing.wait()
            return
        self.closing = asyncio.Event()
        try:
            await network.close()
        finally:
            self.closing = None
