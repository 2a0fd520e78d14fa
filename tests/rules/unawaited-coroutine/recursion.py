import asyncio


class Sink:
    async def close(self):
        await asyncio.sleep(0)


class Tree(Sink):
    def __init__(self, store):
        self._store = store

    async def visit(self, node):
        await self._store.add(node.name)
        for child in node.children:
            self.visit(child)  # want unawaited-coroutine

    async def close(self):
        await self._store.close()
        await super().close()
