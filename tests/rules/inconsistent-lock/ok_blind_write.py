import asyncio


class Status:
    def __init__(self, api):
        self._api = api
        self._lock = asyncio.Lock()
        self.state = "idle"

    async def run(self):
        async with self._lock:
            if self.state == "idle":
                await self._api.start()
                self.state = "running"

    async def close(self):
        self.state = "closed"
