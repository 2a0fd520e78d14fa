# prints [1, 2]
import asyncio


async def main():
    print(sorted(await asyncio.gather(hit("a"), hit("a"))))


asyncio.run(main())
