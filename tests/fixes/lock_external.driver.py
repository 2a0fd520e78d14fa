# prints [1, 2]
import asyncio


async def main():
    poll = Poll(Redis())
    print(sorted(await asyncio.gather(poll.vote("a"), poll.vote("a"))))


asyncio.run(main())
