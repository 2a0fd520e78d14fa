import asyncio


class Link:
    def __init__(self, reader: asyncio.StreamReader) -> None:
        self.reader = reader

    async def _frames(self) -> None:
        while True:
            await self.reader.readexactly(4)

    async def _lines(self) -> None:
        while True:
            await self.reader.readline()

    async def run(self) -> None:
        frames = asyncio.create_task(self._frames())
        lines = asyncio.create_task(self._lines())  # want shared-session: self.reader
        await asyncio.wait([frames, lines])
