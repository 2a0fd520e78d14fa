# refuses wrap-in-lock: deadlock
import asyncio


class Tree:
    def __init__(self):
        self.depth = 0

    async def grow(self, levels):
        depth = self.depth
        print(depth)
        await asyncio.sleep(0)
        if levels:
            await self.grow(levels - 1)
        self.depth = depth + 1


async def main():
    tree = Tree()
    await asyncio.gather(tree.grow(1), tree.grow(2))


asyncio.run(main())
