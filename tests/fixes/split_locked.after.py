# fix split-locked
# prints 3
import asyncio


class Index:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.words = {}

    async def add(
        self, word: str, *more: str, weight: int = 1, **options: int
    ) -> int:
        """Adds a word."""
        async with self._lock:  # for all of it
            return await self._add_locked(word, *more, weight=weight, **options)

    async def _add_locked(
        self, word: str, *more: str, weight: int = 1, **options: int
    ) -> int:
        # look first
        await asyncio.sleep(0)
        self.words[word] = weight

        return len(self.words)

    async def rename(self, old, new):
        async with self._lock:
            self.words.pop(old, None)
            return await self._add_locked(new, weight=2)


async def main():
    index = Index()
    await index.add("a")
    await index.add("b")
    try:
        await asyncio.wait_for(index.rename("a", "c"), 0.1)
    except asyncio.TimeoutError:
        pass
    print(len(index.words) + 1)


asyncio.run(main())
