import asyncio
from functools import partial


def pump(lines, queue: asyncio.Queue) -> None:
    for line in lines:
        queue.put_nowait(line)  # want cross-thread-call


async def follow(lines) -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    loop.run_in_executor(None, partial(pump, lines, queue))
    while True:
        print(await queue.get())
