# racewise: ignore-file[check-then-act] -- the customers stand in one line (see main)
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


desk = Desk(["SPRING"])


async def main(customers=("Ann", "Bob")):
    for customer in customers:
        await desk.redeem("SPRING", customer)
    return desk.paid
