# fix async-with: self._lock
# prints 2
import asyncio


class Board:
    def __init__(self):
        self._lock = asyncio.Lock()
        self.scores = []

    async def submit(self, score):
        with self._lock: scores = [*self.scores, score]; await asyncio.sleep(0); self.scores = scores


async def main():
    board = Board()
    await asyncio.gather(board.submit(1), board.submit(2), return_exceptions=True)
    print(len(board.scores))


asyncio.run(main())
