import asyncio


class Desk:
    def __init__(self):
        self.tickets = 3

    @property
    def _lock(self):
        return asyncio.Lock()

    async def sell(self):
        async with self._lock:  # want ineffective-lock
            if self.tickets > 0:
                await asyncio.sleep(0)
                self.tickets -= 1
