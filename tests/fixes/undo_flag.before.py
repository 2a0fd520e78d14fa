# fix undo-always: self.busy
# prints 2
import asyncio


class Sync:
    def __init__(self):
        self.busy = False
        self.tries = 0

    async def run(self):
        if self.busy:
            return
        self.busy = True
        # the work

        self.tries += 1; await self.pull()
        self.busy = False  # free again

    async def pull(self):
        await asyncio.sleep(0)
        raise ValueError("é")


async def main():
    sync = Sync()
    await asyncio.gather(sync.run(), return_exceptions=True)
    await asyncio.gather(sync.run(), return_exceptions=True)
    print(sync.tries)


asyncio.run(main())
