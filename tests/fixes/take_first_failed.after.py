# fix take-first: queue
# prints [1, 2, 2, 3] deque([])
import asyncio
from collections import deque

queue = deque([1, 2, 3])
sent = []


async def send(number):
    await asyncio.sleep(0)
    sent.append(number)
    if number == 2 and sent.count(2) == 1:
        raise OSError


async def flush():
    while queue:
        try:
            item = queue.popleft()
            try:
                await send(item)
            except BaseException:
                queue.appendleft(item)
                raise
            number = item
        except OSError:
            continue


async def main():
    await asyncio.gather(flush(), flush(), return_exceptions=True)
    print(sorted(sent), queue)


asyncio.run(main())
