import asyncio
import threading


class Quota:
    def __init__(self):
        self._lock = threading.Lock()
        self.used = 0

    async def use(self):
        with self._lock:
            self.used += 1
        await asyncio.sleep(0)
