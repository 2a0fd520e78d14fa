"""Routes of a small reverse proxy, reloaded from a slow registry."""
import asyncio

REGISTRY = {"/shop": "10.0.0.1", "/blog": "10.0.0.2", "/mail": "10.0.0.3"}


async def rows():
    for item in REGISTRY.items():
        await asyncio.sleep(0.001)
        yield item


class Router:
    def __init__(self):
        self.routes = dict(REGISTRY)

    async def reload(self):
        fresh = [row async for row in rows()]
        self.routes.clear()
        for prefix, address in fresh:
            self.routes[prefix] = address

    async def resolve(self, prefix):
        await asyncio.sleep(0.002)
        return self.routes.get(prefix)


async def main():
    router = Router()
    _, *found = await asyncio.gather(router.reload(), *(router.resolve("/mail") for _ in range(5)))
    return found


if __name__ == "__main__":
    print(asyncio.run(main()))
