import asyncio
import threading


class Bridge:
    def __init__(self):
        self.loop = asyncio.get_event_loop()
        self.items = asyncio.Queue()

    def _run(self):
        asyncio.run_coroutine_threadsafe(self.items.put(1), self.loop).result()

    def start(self):
        threading.Thread(target=self._run).start()
