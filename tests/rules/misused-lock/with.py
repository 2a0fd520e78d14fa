import asyncio


class Board:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.scores = {}

    async def submit(self, name, score):
        with self._lock:  # want misused-lock: self._lock (high)
            best = self.scores.get(name, 0)
            await asyncio.sleep(0)
            self.scores[name] = max(best, score)
