# fix wrap-in-lock: position
# prints 3
import asyncio

BUY_LOCK = asyncio.Lock()
SELL_LOCK = asyncio.Lock()
position = 0


async def buy():
    global position
    async with BUY_LOCK:
        held = position
        await asyncio.sleep(0)
        position = held + 5


async def sell():
    global position
    async with SELL_LOCK:
        held = position
        await asyncio.sleep(0)
        position = held - 2


async def main():
    await asyncio.gather(buy(), sell())
    print(position)


asyncio.run(main())
