import asyncio

cond = asyncio.Condition()
ready = False

async def get():
    async with cond:
        if not ready:
            await asyncio.wait_for(cond.wait(), 5)  # want misused-lock
        return ready
