import asyncio

savings, giro = asyncio.Lock(), asyncio.Lock()


async def save(amount):
    async with giro:
        async with savings:
            await asyncio.sleep(0)


async def spend(amount):
    async with savings:
        async with giro:
            await asyncio.sleep(0)
