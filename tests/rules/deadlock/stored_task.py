import asyncio


class Worker:
    def __init__(self, api):
        self._lock = asyncio.Lock()
        self._api = api
        self._task = None
        self.n = 0

    def start(self):
        self._task = asyncio.create_task(self._run())

    async def _run(self):
        while True:
            async with self._lock:
                self.n += 1
            await self._api.step()

    async def stop(self):
        async with self._lock:
            await self._task  # want deadlock: self._lock
