# fix remove-ignore
# safe yes
import asyncio

visits = 0


async def visit():
    global visits
    await asyncio.sleep(0)
    # Counts this one.
    # racewise: ignore[lost-update] -- only one worker runs this
    visits += 1


asyncio.run(visit())
