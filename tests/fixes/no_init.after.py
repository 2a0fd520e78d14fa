# fix wrap-in-lock: self.total
# prints 45
import asyncio


class Sum:
    """Has no constructor."""

    total = 0

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def add(self, n: int) -> None:
        async with self._lock:
            before = self.total
            self.last = before  # used before the await
            await asyncio.sleep(0)
            self.total = before + n


async def main() -> None:
    total = Sum()
    await asyncio.gather(*(total.add(n) for n in range(10)))
    print(total.total)


asyncio.run(main())
