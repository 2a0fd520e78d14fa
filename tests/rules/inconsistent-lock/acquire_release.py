import asyncio


class Meter:
    def __init__(self):
        self.lock = asyncio.Lock()
        self.units = 0

    async def add(self, units):
        await self.lock.acquire()
        try:
            before = self.units
            await asyncio.sleep(0)
            self.units = before + units
        finally:
            self.lock.release()

    async def reset_half(self):
        await asyncio.sleep(0)
        self.units //= 2  # want inconsistent-lock: self.units (high)


async def main():
    meter = Meter()
    await asyncio.gather(meter.add(4), meter.reset_half(), meter.add(6))
    print(meter.units)


asyncio.run(main())
