"""A lab device that one experiment may hold at a time."""
import asyncio


class Device:
    def __init__(self):
        self.owner = None

    async def measure(self, volts):
        await asyncio.sleep(0.001)
        if volts > 9:
            raise ValueError("too many volts")
        return volts * 2

    async def run(self, experiment, volts):
        if self.owner is not None:
            return None
        self.owner = experiment
        try:
            return await self.measure(volts)
        finally:
            self.owner = None


async def main():
    device = Device()
    await asyncio.gather(device.run("one", 12), device.run("two", 3), return_exceptions=True)
    return await device.run("three", 4)


if __name__ == "__main__":
    print(asyncio.run(main()))
