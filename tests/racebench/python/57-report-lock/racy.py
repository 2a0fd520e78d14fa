"""Builds a report, never two at once."""
import asyncio


class Reports:
    def __init__(self):
        self.building = False
        self.problems = ["disk full"]

    async def write(self):
        await asyncio.sleep(0.001)
        if self.problems:
            raise RuntimeError(self.problems.pop())

    async def build(self):
        if self.building:
            return "busy"
        self.building = True
        try:
            await self.write()
        except OSError:
            self.building = False
            return "failed"
        self.building = False
        return "built"


async def main():
    reports = Reports()
    await asyncio.gather(reports.build(), reports.build(), return_exceptions=True)
    return await reports.build()


if __name__ == "__main__":
    print(asyncio.run(main()))
