import asyncio


class Link:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue()

    async def _receive(self) -> None:
        while await self.reader.readline():
            pass

    async def _send(self) -> None:
        while True:
            self.writer.write(await self._outgoing.get())
            await self.writer.drain()

    async def run(self) -> None:
        await asyncio.gather(self._receive(), self._send())
