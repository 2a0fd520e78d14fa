"""A cart that several devices of one customer share."""
import asyncio


class Cart:
    def __init__(self):
        self.items = []

    async def price(self, item):
        await asyncio.sleep(0.001)
        return item, 1

    async def add(self, item):
        priced = await self.price(item)
        self.items = [*self.items, priced]

    async def clear(self):
        self.items = []


async def main():
    cart = Cart()
    await asyncio.gather(cart.add("tea"), cart.add("milk"))
    return cart.items


if __name__ == "__main__":
    print(asyncio.run(main()))
