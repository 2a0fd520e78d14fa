"""Reloads a configuration whenever it changes."""
import asyncio


class Watcher:
    def __init__(self):
        self.changed = asyncio.Event()
        self.version = 0
        self.loaded = 0

    def touch(self):
        self.version += 1
        self.changed.set()

    async def _load(self):
        version = self.version
        await asyncio.sleep(0.002)
        return version

    async def run(self):
        while True:
            await self.changed.wait()
            self.changed.clear()
            self.loaded = await self._load()


async def edit(watcher):
    watcher.touch()
    await asyncio.sleep(0.001)
    watcher.touch()


async def main():
    watcher = Watcher()
    task = asyncio.create_task(watcher.run())
    await edit(watcher)
    await asyncio.sleep(0.1)
    task.cancel()
    return watcher.loaded, watcher.version


if __name__ == "__main__":
    print(asyncio.run(main()))
