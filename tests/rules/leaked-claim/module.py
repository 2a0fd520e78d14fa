import asyncio

refreshing = False


async def refresh(fetch):
    global refreshing
    if not refreshing:
        refreshing = True  # want leaked-claim: refreshing
        await fetch()
        await asyncio.sleep(0)
        refreshing = False
