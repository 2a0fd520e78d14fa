# prints total: 2
import asyncio


async def main():
    queue = Queue()
    await asyncio.gather(*(queue.add(lambda: asyncio.sleep(0)) for _ in range(2)))
    print("total:", queue.total)


asyncio.run(main())
