import asyncio

forks = [asyncio.Lock() for _ in range(5)]

async def eat(i):
    left, right = sorted((i, (i + 1) % 5))
    async with forks[left]:
        async with forks[right]:
            await asyncio.sleep(0)

async def main():
    await asyncio.gather(*(eat(i) for i in range(5)))

asyncio.run(main())
