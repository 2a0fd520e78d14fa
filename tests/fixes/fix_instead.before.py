# fix fix-instead
# prints 3
import asyncio

visits = 0


async def visit():
    global visits
    seen = visits
    await asyncio.sleep(0)
    # racewise: ignore[lost-update]
    visits = seen + 1


async def main():
    await asyncio.gather(visit(), visit(), visit())
    print(visits)


asyncio.run(main())
