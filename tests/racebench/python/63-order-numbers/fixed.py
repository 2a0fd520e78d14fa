"""Hands out order numbers."""
import asyncio


class Orders:
    def __init__(self):
        self.last = 0

    async def _save(self, number):
        await asyncio.sleep(0.001)

    async def next(self):
        self.last += 1
        number = self.last
        await self._save(number)
        return number


async def main():
    orders = Orders()
    return await asyncio.gather(orders.next(), orders.next())


if __name__ == "__main__":
    print(asyncio.run(main()))
