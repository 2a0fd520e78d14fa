# fix build-then-swap: self.routes
# prints-both True
import asyncio


class Router:
    def __init__(self):
        self.routes = ["/"]

    async def reload(self):
        new_routes = []  # all of them
        for name in ("/", "é"): await asyncio.sleep(0); new_routes.append(name)
        self.routes[:] = new_routes

    async def find(self, name):
        await asyncio.sleep(0)
        return name in self.routes


async def main():
    router = Router()
    _, found = await asyncio.gather(router.reload(), router.find("/"))
    print(found and len(router.routes) == 2)


asyncio.run(main())
