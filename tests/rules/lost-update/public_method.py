"""Nothing here starts a task: an outside caller can."""

import asyncio


class Counter:
    def __init__(self):
        self.count = 0

    async def bump(self):
        count = self.count
        await asyncio.sleep(0)
        self.count = count + 1  # want lost-update: self.count (medium)
