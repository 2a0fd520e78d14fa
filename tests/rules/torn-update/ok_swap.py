import asyncio


class Router:
    def __init__(self):
        self.routes = ["/"]

    async def reload(self):
        routes = []
        for name in ("a", "b"):
            await asyncio.sleep(0)
            routes.append(name)
        self.routes = routes

    async def find(self, name):
        await asyncio.sleep(0)
        return name in self.routes


async def main():
    router = Router()
    await asyncio.gather(router.reload(), router.find("/"))


asyncio.run(main())
