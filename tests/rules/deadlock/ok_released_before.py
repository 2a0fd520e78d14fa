import asyncio


class Report:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.parts = []

    async def _part(self, name):
        await asyncio.sleep(0)
        async with self._lock:
            self.parts.append(name)

    async def build(self):
        async with self._lock:
            self.parts.clear()
        await asyncio.gather(self._part("a"), self._part("b"))
