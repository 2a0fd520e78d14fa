import anyio


class Ticker:
    def __init__(self):
        self.tick = anyio.Event()

    def notify(self):
        self.tick.set()

    async def run(self):
        while True:
            await self.tick.wait()
            await self.redraw()
            self.tick = anyio.Event()  # want lost-wakeup: self.tick (medium)

    async def redraw(self):
        await anyio.sleep(1)
