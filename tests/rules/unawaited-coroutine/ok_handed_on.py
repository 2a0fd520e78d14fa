import asyncio
import contextlib


async def work():
    await asyncio.sleep(0)


class Runner:
    def __init__(self, pool):
        self._pool = pool
        self._pending = []
        self._next = None

    def add(self):
        self._pending.append(work())

    def replace(self):
        self._next = work()

    def submit(self):
        self._pool.submit(work())

    def made(self):
        return work()

    def stream(self):
        yield work()

    def discard(self):
        coroutine = work()
        with contextlib.suppress(RuntimeError):
            coroutine.close()


def main():
    asyncio.run(work())
