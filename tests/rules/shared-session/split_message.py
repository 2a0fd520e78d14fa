import asyncio


class Link:
    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer

    async def _send(self, body: bytes) -> None:
        self.writer.write(len(body).to_bytes(4, "big"))
        await self.writer.drain()
        self.writer.write(body)
        await self.writer.drain()

    async def send_all(self, first: bytes, second: bytes) -> None:
        await asyncio.gather(self._send(first), self._send(second))  # want shared-session: self.writer
