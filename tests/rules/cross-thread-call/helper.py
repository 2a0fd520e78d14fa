import asyncio
import threading


class Reader:
    def __init__(self):
        self.items = asyncio.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for item in range(3):
            self._publish(item)

    def _publish(self, item):
        self.items.put_nowait(item)  # want cross-thread-call
