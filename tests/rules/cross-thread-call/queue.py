import asyncio
import threading


class Reader:
    def __init__(self):
        self.items = asyncio.Queue()
        self.thread = threading.Thread(target=self._read)

    def _read(self):
        self.items.put_nowait(1)  # want cross-thread-call
