# fix reset-first
import asyncio


class Flusher:
    def __init__(self, sink):
        self.requested = asyncio.Event()
        self.sink = sink

    def request(self):
        self.requested.set()

    async def run(self):
        while True:
            await self.requested.wait()
            self.requested.clear()
            try:
                await self.sink.flush()
            except OSError:
                print("lost")
