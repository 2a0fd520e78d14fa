import asyncio


class Router:
    def __init__(self):
        self.routes = ["/"]

    async def reload(self):
        self.routes.clear()  # first-access
        for name in ("a", "b"):
            await asyncio.sleep(0)  # suspension
            self.routes.append(name)  # want torn-update: self.routes (high)

    async def find(self, name):
        await asyncio.sleep(0)
        return name in self.routes  # conflict


async def main():
    router = Router()
    await asyncio.gather(router.reload(), router.find("/"))


asyncio.run(main())
