import asyncio
import threading


class Bridge:
    def __init__(self):
        self.loop = asyncio.get_event_loop()

    def _run(self):
        self.loop.call_soon(print, "done")  # want cross-thread-call

    def start(self):
        threading.Thread(target=self._run).start()
