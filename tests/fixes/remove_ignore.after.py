# fix remove-ignore
# safe yes
import asyncio

visits = 0


async def visit():
    global visits
    await asyncio.sleep(0)
    # Counts this one.
    visits += 1


asyncio.run(visit())
