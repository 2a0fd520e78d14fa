import asyncio
import threading


class Log:
    def __init__(self):
        self.lock = threading.Lock()

    async def _flush(self):
        await asyncio.sleep(0)

    async def write(self, line):
        with self.lock:  # want blocking-lock-across-await: self.lock (high)
            print(line)
            await self._flush()
