"""A body is read by one task."""


class StreamingBody:
    def __init__(self, chunks):
        self.chunks = chunks
        self.buffer = b""

    async def iter_chunks(self, size):
        while len(self.buffer) < size:
            await self._fill(size)
        return self.buffer

    async def _fill(self, size):
        if not self.buffer:
            chunk = await self.chunks.take()
            self.buffer += chunk
