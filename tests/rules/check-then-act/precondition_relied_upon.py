"""Preconditions that what follows relies on: the place that was tested is counted down, or used, or must not be there yet."""


class Gate:
    def __init__(self, link):
        self.link = link
        self.tokens = 3
        self.session = None
        self.connected = False

    async def enter(self):
        if not self.tokens:
            raise ValueError("no tokens left")
        await self.link.enter()
        self.tokens -= 1  # want check-then-act: self.tokens (medium)

    async def send(self, data):
        if self.session is None:
            raise ConnectionError("not connected")
        await self.link.prepare(data)
        await self.session.send(data)  # want check-then-act: self.session (medium)

    async def close(self):
        await self.link.close()
        self.session = None

    async def connect(self):
        if self.connected:
            raise ConnectionError("connected already")
        self.session = await self.link.open()
        self.connected = True  # want check-then-act: self.connected (medium)
