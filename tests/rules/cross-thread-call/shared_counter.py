import asyncio


class Progress:
    def __init__(self) -> None:
        self.done = 0

    def _copy(self, chunks) -> None:
        for chunk in chunks:
            chunk.write()
            self.done += 1  # want cross-thread-call: self.done

    async def copy(self, chunks) -> None:
        await asyncio.to_thread(self._copy, chunks)

    async def skip(self, count: int) -> None:
        self.done += count
