# racewise: ignore-file[check-then-act]
"""Redeems coupons, each of them once."""
import asyncio


class Desk:
    def __init__(self, codes):
        self.open = set(codes)
        self.paid = []

    async def _pay(self, code, customer):
        await asyncio.sleep(0.001)
        self.paid.append((code, customer))

    async def redeem(self, code, customer):
        if code not in self.open:
            return False
        await self._pay(code, customer)
        self.open.discard(code)
        return True


async def main():
    desk = Desk(["SPRING"])
    await asyncio.gather(desk.redeem("SPRING", "Ann"), desk.redeem("SPRING", "Bob"))
    return desk.paid


if __name__ == "__main__":
    print(asyncio.run(main()))
