import asyncio

guard = asyncio.Lock()


async def save(row):
    await guard.acquire()
    await asyncio.sleep(0.1)  # when this is cancelled, the lock stays taken
    print(row)
    guard.release()
