# fix move-await-out: total
# prints 45
import asyncio

total = 0


async def fetch_size(n):
    await asyncio.sleep(0)
    return n


async def add(n):
    global total
    if n >= 0: ünit = "é"; total += await fetch_size(n); print("", end="")


async def main():
    await asyncio.gather(*(add(n) for n in range(10)))
    print(total)


asyncio.run(main())
