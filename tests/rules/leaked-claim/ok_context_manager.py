import contextlib


class Jobs:
    def __init__(self, worker):
        self._worker = worker
        self._running = set()

    @contextlib.contextmanager
    def _claim(self, name):
        self._running.add(name)
        try:
            yield
        finally:
            self._running.discard(name)

    async def run(self, name):
        if name in self._running:
            return
        with self._claim(name):
            await self._worker.run(name)
