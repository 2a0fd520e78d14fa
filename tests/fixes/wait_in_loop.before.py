# fix wait-in-loop: changed
# prints ['a', 'b']
import asyncio

changed = asyncio.Condition()
items = []
taken = []


async def take():
    async with changed:
        if not items:
            await changed.wait()
        if items: taken.append(items.pop(0))


async def put(item):
    async with changed:
        items.append(item)
        changed.notify_all()


async def main():
    takers = [asyncio.create_task(take()), asyncio.create_task(take())]
    await asyncio.sleep(0.01)
    await put("a")
    await asyncio.sleep(0.01)
    await put("b")
    await asyncio.wait(takers, timeout=1)
    print(taken)


asyncio.run(main())
