import anyio


class Clock:
    def __init__(self):
        self.tick = anyio.Event()

    def notify(self):
        self.tick.set()

    async def run(self):
        while True:
            await self.tick.wait()
            await anyio.sleep(1)
            self.tick = anyio.Event()
