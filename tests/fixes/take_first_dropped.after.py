# fix take-first: queue
# prints ['a', 'b']
import asyncio
from collections import deque

queue = deque("ab")
sent = []


async def send(text):
    await asyncio.sleep(0)
    sent.append(text)


async def flush():
    while queue:
        # the oldest first
        item = queue.popleft()
        try:
            await send(item)
        except BaseException:
            queue.appendleft(item)
            raise


async def main():
    await asyncio.gather(flush(), flush(), return_exceptions=True)
    print(sent)


asyncio.run(main())
