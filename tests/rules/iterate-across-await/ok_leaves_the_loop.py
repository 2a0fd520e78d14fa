import asyncio

nodes = ["a", "b"]


async def first_answer():
    for node in nodes:
        if node != "a":
            continue
        await asyncio.sleep(0)
        return node
    return None


async def drop(node):
    await asyncio.sleep(0)
    nodes.remove(node)


async def main():
    await asyncio.gather(first_answer(), drop("b"))


asyncio.run(main())
