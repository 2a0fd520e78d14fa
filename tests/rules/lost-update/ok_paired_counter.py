import asyncio

active = 0


async def work():
    global active
    active += 1
    try:
        await asyncio.sleep(0)
    finally:
        active -= 1


async def main():
    await asyncio.gather(*(work() for _ in range(10)))
    print(active)


asyncio.run(main())
