# fix fix-instead
# prints 3
import asyncio

visits = 0


async def visit():
    global visits
    await asyncio.sleep(0)
    seen = visits
    visits = seen + 1


async def main():
    await asyncio.gather(visit(), visit(), visit())
    print(visits)


asyncio.run(main())
