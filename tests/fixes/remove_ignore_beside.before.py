# fix remove-ignore
# safe yes
import asyncio

names = {"Zoë": 0}


async def visit():
    await asyncio.sleep(0)
    if "Zoë": names["Zoë"] += 1  # noqa: E701  # racewise: ignore[lost-update] -- one worker  # type: ignore


asyncio.run(visit())
