class Jobs:
    def __init__(self, worker):
        self._worker = worker
        self._running = {}

    async def run(self, name):
        if self._running.get(name):
            return
        self._running[name] = True  # want leaked-claim
        await self._worker.run(name)
        del self._running[name]
