import asyncio


async def fetch(page):
    await asyncio.sleep(0)
    return [page]


class Feed:
    def __init__(self):
        self.items = []

    async def pull(self, page):
        self.items = [*self.items, *await fetch(page)]  # want lost-update: self.items (high)


async def main():
    feed = Feed()
    await asyncio.gather(*(feed.pull(page) for page in range(5)))
    print(feed.items)


asyncio.run(main())
