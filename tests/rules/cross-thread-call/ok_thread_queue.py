import queue
import threading


class Reader:
    def __init__(self):
        self.items = queue.Queue()
        threading.Thread(target=self._read).start()

    def _read(self):
        self.items.put_nowait(1)
