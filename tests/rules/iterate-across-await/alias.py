import asyncio


class Hub:
    def __init__(self):
        self.members = {"a", "b"}

    async def greet(self):
        members = self.members
        for member in members:  # want iterate-across-await: self.members (high)
            await asyncio.sleep(0)
            print(member)

    async def leave(self, name):
        await asyncio.sleep(0)
        self.members.discard(name)


async def main():
    hub = Hub()
    await asyncio.gather(hub.greet(), hub.leave("b"))


asyncio.run(main())
