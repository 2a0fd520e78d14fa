# fix hand-over
# prints-after a b
import asyncio
import threading


class Reader:
    def __init__(self):
        self.lines = asyncio.Queue()

    def start(self):
        # runs by itself
        thread = threading.Thread(target=self.read, daemon=True)
        self._loop = asyncio.get_running_loop()
        thread.start()

    def read(self):
        for é in "ab": self._loop.call_soon_threadsafe(self.lines.put_nowait, é)


async def main():
    reader = Reader()
    reader.start()
    print(await reader.lines.get(), await reader.lines.get())


asyncio.run(main())
