import trio


class Gate:
    def __init__(self):
        self.opened = trio.Event()

    def open(self):
        self.opened.set()

    async def enter(self):
        if not self.opened.is_set():
            await self.opened.wait()
