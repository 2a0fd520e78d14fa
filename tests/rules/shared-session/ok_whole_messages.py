import asyncio


class Link:
    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    async def _send(self, line: bytes) -> None:
        self.writer.write(line)
        await self.writer.drain()

    async def send_all(self, first: bytes, second: bytes) -> None:
        await asyncio.gather(self._send(first), self._send(second))
