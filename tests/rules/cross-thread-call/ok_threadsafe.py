import asyncio
import threading


class Bridge:
    def __init__(self):
        self.loop = asyncio.get_event_loop()
        self.items = asyncio.Queue()

    def _run(self):
        self.loop.call_soon_threadsafe(self.items.put_nowait, 1)

    def start(self):
        threading.Thread(target=self._run).start()
