"""A buffer that any task may fill."""


class Store:
    def __init__(self, chunks):
        self.chunks = chunks
        self.buffer = b""

    async def fill(self, size):
        if not self.buffer:
            chunk = await self.chunks.take()
            self.buffer += chunk  # want check-then-act: self.buffer (medium)
