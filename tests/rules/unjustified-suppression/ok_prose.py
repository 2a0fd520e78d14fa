import asyncio

visits = 0


async def visit():
    global visits
    await asyncio.sleep(0)
    # racewise: this once lost updates
    # See the page "racewise: ignore[lost-update]" of the manual
    seen = visits
    visits = seen + 1


async def main():
    await asyncio.gather(visit(), visit())


asyncio.run(main())
