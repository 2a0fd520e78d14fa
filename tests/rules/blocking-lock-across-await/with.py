import asyncio
import threading


class Quota:
    def __init__(self):
        self._lock = threading.Lock()
        self.used = 0

    async def use(self):
        with self._lock:  # want blocking-lock-across-await: self._lock (high)
            used = self.used
            await asyncio.sleep(0)
            self.used = used + 1
