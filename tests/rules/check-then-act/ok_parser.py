"""A parser reads one connection, for one task."""


class FrameParser:
    def __init__(self, stream):
        self.stream = stream
        self.position = 0
        self.buffer = b""

    async def line(self):
        found = self.buffer.find(b"\n", self.position)
        if found < 0:
            self.buffer += await self.stream.readline()
            found = len(self.buffer)
        self.position = found
        return self.buffer[:found]
